import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Splicing a rope";
const VOICE = "Old salt";

registry.category("web_tour.tours").add("blog_ai_voice", {
    steps: () => [
        ...steps.openMenu("menu_voice"),
        {
            content: "Two voices are there already; make one of your own",
            trigger: ".o_list_view:has(.o_data_row:contains(Plain and helpful))",
        },
        {
            content: "New",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name it",
            trigger: ".o_form_view [name=name] input",
            run: `edit ${VOICE}`,
        },
        {
            content: "Say for whom it writes",
            trigger: ".o_form_view [name=audience] input",
            run: "edit people who sail at weekends",
        },
        {
            content: "Add a word",
            trigger: ".o_form_view [name=term_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "The word",
            trigger: ".o_form_view [name=term_ids] [name=word] input",
            run: "edit marlinspike",
        },
        {
            content: "It is always used",
            trigger: ".o_form_view [name=term_ids] [name=rule] input",
            run: "click",
        },
        {
            content: "Choose always",
            trigger: ".o_select_menu_item:contains(always)",
            run: "click",
        },
        {
            content: "The form shows what the model is told",
            trigger: ".o_form_view [name=told]:contains(Always use the words)",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is the first version",
            trigger: ".o_form_view [name=number]:contains(/^1$/)",
        },
        ...steps.openWizard(),
        ...steps.fillWizard({topic: TOPIC, provider: "Offline sample"}),
        ...steps.choose("voice_id", VOICE),
        {
            content: "Show the prompt",
            trigger: ".modal [name=show_prompt] input",
            run: "click",
        },
        {
            content: "It quotes the voice",
            trigger:
                ".modal [name=prompt_user]:contains('> Audience: people who sail at weekends')",
        },
        ...steps.write(TOPIC),
        ...steps.waitUntilDone(),
        {
            content: "The generation names the version",
            trigger: `.o_form_view [name=voice_version_id]:contains(/^${VOICE}, version 1$/)`,
        },
        {
            content: "The word that is missing is noted",
            trigger: ".o_form_view [name=repairs]:contains(marlinspike)",
        },
        {
            content: "Show what was sent",
            trigger: "button[name=action_show_prompt]",
            run: "click",
        },
        {
            content: "The same prompt is shown",
            trigger: `.modal [name=prompt_user]:contains(Topic: ${TOPIC}):contains('> Audience: people who sail at weekends')`,
        },
        {
            content: "Close",
            trigger: ".modal footer button:contains(Close)",
            run: "click",
        },
        {
            content: "The generation is back",
            trigger: "body:not(:has(.modal))",
        },
    ],
});
