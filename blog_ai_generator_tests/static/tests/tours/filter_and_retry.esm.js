import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Hazel for the squirrels";
const NOT_FAILED = ".o_data_row [name=state]:not(:contains(Failed))";

registry.category("web_tour.tours").add("blog_ai_filter_and_retry", {
    steps: () => [
        // The filter will remove this one from the list.
        ...steps.writePost({
            topic: "Gorse in bloom",
            provider: "Fake LLM",
            publish: false,
        }),
        ...steps.openWizard(),
        ...steps.fillWizard({
            topic: TOPIC,
            provider: "Fake LLM, no credit",
            publish: false,
        }),
        ...steps.write(TOPIC),
        ...steps.waitForError("no credit left"),
        ...steps.openMenu("menu_generation"),
        {
            content: "Open the search menu",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "Show what failed",
            trigger: ".o_filter_menu .o_menu_item:contains(/^Failed$/)",
            run: "click",
        },
        {
            content: "Select it",
            trigger: `.o_list_view:not(:has(${NOT_FAILED})) .o_data_row:contains(${TOPIC}) .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "Retry what is selected",
            trigger: ".o_control_panel button[name=action_retry]:enabled",
            run: "click",
        },
        {
            // A list draws its rows again at each message, but its head only once.
            content: "It was tried a second time and is still in the list",
            trigger: `.o_list_view:has(.o_data_row:contains(${TOPIC}) [name=attempts]:contains(/^2$/)) th[data-name=attempts]`,
            timeout: 30000,
        },
    ],
});
