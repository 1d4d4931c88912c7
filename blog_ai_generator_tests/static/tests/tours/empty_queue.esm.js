import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

registry.category("web_tour.tours").add("blog_ai_empty_queue", {
    steps: () => [
        ...steps.openMenu("menu_slot"),
        {
            content: "Open the slot",
            trigger: ".o_data_row:contains(Quiet mornings) [name=name]",
            run: "click",
        },
        {
            content: "It says that its queue is empty",
            trigger: ".o_form_view [data-blog-ai=empty]",
        },
        {
            content: "Run it all the same",
            trigger: ".o_form_view button[name=action_run_now]:enabled",
            run: "click",
        },
        {
            content: "It says why it writes nothing, and what to do",
            trigger:
                ".modal [role=alert]:contains(No topic is waiting that this slot may write today. Add one to the queue of Quiet mornings.)",
        },
        {
            content: "Close the message",
            trigger: ".modal header button[aria-label=Close]",
            run: "click",
        },
        {
            content: "The slot is as it was: run it again",
            trigger: "body:not(:has(.modal)) .o_form_view button[name=action_run_now]",
            run: "click",
        },
        {
            content: "Go to its topics from the message",
            trigger: ".modal button:contains(Open its topics)",
            run: "click",
        },
        {
            content: "The list says what to do",
            trigger: ".o_nocontent_help:contains(Paste topics)",
        },
    ],
});
