import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const GOOD_KEY = "sk-good-0123456789";
const day = (state) =>
    `.o_field_widget[name=day_ids] .o_data_row:has([name=state]:contains(/^${state}$/))`;

registry.category("web_tour.tours").add("blog_ai_mend_key_of_failed_slot", {
    steps: () => [
        ...steps.openSlot("Ivy mornings"),
        {
            content: "Its last day has failed",
            trigger: ".o_form_view [name=last_state]:contains(/^Failed$/)",
        },
        ...steps.openGeneration("Ivy on old walls"),
        ...steps.waitForError("did not accept the API key"),
        {
            content: "Open its provider",
            trigger:
                ".o_form_view [name=provider_id] a:contains(/^Fake LLM, wrong key$/)",
            run: "click",
        },
        {
            content: "Enter the right key",
            trigger: ".o_form_view [name=api_key] input",
            run: `edit ${GOOD_KEY}`,
        },
        {
            content: "Save it",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_status_indicator:not(:has(button:visible))",
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_next_day_is_written", {
    steps: () => [
        ...steps.openSlot("Ivy mornings"),
        {
            content: "Its last day is written",
            trigger: ".o_form_view [name=last_state]:contains(/^Written$/)",
        },
        {
            content: "The day before, which failed, is still to be seen",
            trigger: `${day("Failed")}:contains(Ivy on old walls)`,
        },
        {
            content: "The next day wrote the next topic",
            trigger: `${day("Written")}:contains(Moss in the lawn)`,
        },
        ...steps.openGeneration("Moss in the lawn"),
        ...steps.openPost("Moss in the lawn"),
    ],
});
