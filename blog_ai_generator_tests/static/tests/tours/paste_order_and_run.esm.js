import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const row = (name) => `.o_data_row:contains(${name})`;

registry.category("web_tour.tours").add("blog_ai_paste_order_and_run", {
    steps: () => [
        ...steps.openMenu("menu_topic"),
        {
            content: "Paste topics",
            trigger: ".o_control_panel button:contains(Paste topics)",
            run: "click",
        },
        ...steps.choose("blog_id", "Garden Notes"),
        {
            content: "Three lines are three topics",
            trigger: ".modal [name=lines] textarea",
            run: async (helpers) => {
                await helpers.edit("Mulch in May\nA bench of oak\nHedgehogs welcome");
            },
        },
        {
            content: "Add them",
            trigger: ".modal button[name=action_add]:enabled",
            run: "click",
        },
        {
            content: "They are in the queue",
            trigger: `body:not(:has(.modal)) ${row("Hedgehogs welcome")}`,
        },
        {
            content: "The last one is to be the first",
            trigger: `${row("Hedgehogs welcome")} .o_row_handle`,
            run: `drag_and_drop(${row("Mulch in May")})`,
        },
        {
            content: "It is",
            trigger: `${row("Hedgehogs welcome")} ~ ${row("Mulch in May")}`,
        },
        ...steps.runSlot("Mornings"),
        ...steps.waitUntilDone(),
        {
            content: "It has written the first topic of the queue",
            trigger: ".o_form_view [name=topic]:contains(Hedgehogs welcome)",
        },
    ],
});
