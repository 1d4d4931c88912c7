import {registry} from "@web/core/registry";

import * as phone from "./phone_steps.esm";
import * as steps from "./steps.esm";

const TOPIC = "Sweet peas on a fence";
const ROWS = ".modal [data-blog-ai=outline] .o_data_row";

const SHOW_OUTLINE = [
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
];

registry.category("web_tour.tours").add("blog_ai_outline", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({topic: TOPIC, provider: "Offline sample", publish: false}),
        ...SHOW_OUTLINE,
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
            content: "It goes down a row with a button, without dragging",
            trigger: `${ROWS}:nth-child(1) button[title="Move down"]`,
            run: "click",
        },
        {
            content: "The focus went with it",
            trigger: `${ROWS}:nth-child(2):contains(Which fence they like) button[title="Move down"]:focus`,
        },
        {
            content: "And up again",
            trigger: `${ROWS}:nth-child(2) button[title="Move up"]:enabled`,
            run: "click",
        },
        {
            content: "The first one can't go up",
            trigger: `${ROWS}:nth-child(1):contains(Which fence they like) button[title="Move up"]:disabled`,
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

const BEANS = "Beans along a fence";
const CARDS = ".modal [data-blog-ai=outline] .o_kanban_record";

registry.category("web_tour.tours").add("blog_ai_outline_phone", {
    steps: () => [
        ...phone.openWizard(),
        ...steps.fillWizard({topic: BEANS, publish: false}),
        ...SHOW_OUTLINE,
        {
            content: "It is in sight, and has the focus",
            trigger: ".modal [data-blog-ai=outline] h3:focus",
            timeout: 30000,
            run() {
                const {top} = this.anchor.getBoundingClientRect();
                if (top < 0 || top > window.innerHeight / 2) {
                    throw new Error(`The outline begins at ${top} px.`);
                }
            },
        },
        phone.fits("The outline"),
        {
            content: "Open the second heading",
            trigger: `${CARDS}:nth-child(2) span`,
            run: "click",
        },
        {
            content: "Give it other words",
            trigger: ".modal .o_form_view [name=name] input",
            run: "edit Which fence they like",
        },
        {
            content: "Keep them",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It goes first",
            trigger: `${CARDS}:nth-child(2):contains(Which fence they like) button[title="Move up"]`,
            run: "click",
        },
        {
            content: "It can't go further",
            trigger: `${CARDS}:nth-child(1):contains(Which fence they like) button[title="Move up"]:disabled`,
        },
        ...steps.write(BEANS),
        ...steps.waitUntilDone(),
    ],
});
