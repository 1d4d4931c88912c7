import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const SLOTS = [
    {
        part: "morning",
        name: "Daybreak",
        provider: "Fake LLM",
        model: "good",
        publish: true,
    },
    {
        part: "afternoon",
        name: "After lunch",
        provider: "Fake LLM",
        model: "reasoning",
        publish: false,
    },
    {
        part: "evening",
        name: "Nightfall",
        provider: "Lamplight",
        model: "no-usage",
        publish: true,
    },
];

const createSlot = ({part, name, provider, model, publish}) => [
    {
        content: "New slot",
        trigger: ".o_control_panel .o_list_button_add:enabled",
        run: "click",
    },
    ...steps.choose("blog_id", "Garden Notes"),
    {
        content: `In the ${part}`,
        trigger: `.o_field_widget[name=day_part] input[data-value=${part}]`,
        run: "click",
    },
    ...steps.choose("provider_id", provider),
    {
        content: `With the model ${model}`,
        trigger: ".o_form_view .o_field_widget[name=model] input",
        run: `edit ${model}`,
    },
    {
        content: `Call it ${name}`,
        trigger: ".o_form_view .o_field_widget[name=own_name] input",
        run: `edit ${name}`,
    },
    ...(publish
        ? [
              {
                  content: "It publishes by itself",
                  trigger: ".o_form_view .o_field_widget[name=publish] input",
                  run: "check",
              },
          ]
        : []),
    {
        content: "Save it",
        trigger: ".o_form_button_save:enabled",
        run: "click",
    },
    {
        content: "It knows its next run",
        trigger: ".o_form_view:has(.o_form_saved) [name=next_run]:contains(/\\d/)",
    },
    ...steps.openMenu("menu_slot"),
];

registry.category("web_tour.tours").add("blog_ai_three_daily_slots", {
    steps: () => [
        ...steps.openMenu("menu_slot"),
        ...SLOTS.flatMap(createSlot),
        // The newest one first: until it is read, the list shows its old rows.
        ...SLOTS.toReversed().map(({name, publish}) => ({
            content: `${name} is in the list with its choice`,
            trigger:
                `.o_data_row:contains(${name}) ` +
                `[name=publish] input${publish ? ":checked" : ":not(:checked)"}`,
        })),
    ],
});
