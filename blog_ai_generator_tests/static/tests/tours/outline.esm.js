import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Sweet peas on a fence";
const ROWS = ".modal [data-blog-ai=outline] .o_data_row";

registry.category("web_tour.tours").add("blog_ai_outline", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({topic: TOPIC, provider: "Offline sample", publish: false}),
        {
            content: "Ask for an outline first",
            trigger: ".modal [name=show_outline] input",
            run: "click",
        },
        {
            content: "Show it",
            trigger: ".modal button[name=action_outline]:enabled",
            run: "click",
        },
        {
            content: "The headings are there; the third one goes first",
            trigger: `${ROWS}:nth-child(3) .o_row_handle`,
            timeout: 30000,
            run: `drag_and_drop(${ROWS}:nth-child(1))`,
        },
        {
            content: "Drop the third one",
            trigger: `${ROWS}:nth-child(3) .o_list_record_remove button`,
            run: "click",
        },
        {
            content: "Rename the first one",
            trigger: `${ROWS}:nth-child(1) [name=name]`,
            run: "click",
        },
        {
            content: "Give it other words",
            trigger: `${ROWS}:nth-child(1) [name=name] input`,
            run: "edit Which fence they like",
        },
        {
            content: "Add one",
            trigger:
                ".modal [data-blog-ai=outline] .o_field_x2many_list_row_add a:contains(Add a heading)",
            run: "click",
        },
        {
            content: "Say what it is about",
            trigger: `${ROWS}.o_selected_row [name=name] input:value(/^$/)`,
            run: "edit Seeds for next year",
        },
        ...steps.write(TOPIC),
        {
            content: "The generation keeps the outline",
            trigger: ".o_form_view [name=outline]:contains(Which fence they like)",
        },
        ...steps.waitUntilDone(),
    ],
});
