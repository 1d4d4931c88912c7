import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Asters for the last bees";

registry.category("web_tour.tours").add("blog_ai_approve_for_a_date", {
    steps: () => [
        ...steps.runSlot("Asters"),
        ...steps.waitUntilDone(),
        {
            content: "Approve the draft",
            trigger: ".o_form_view button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "At a date",
            trigger: ".modal [name=when] input[data-value=later]",
            run: "click",
        },
        {
            content: "On a day in May, long from now",
            trigger: ".modal [name=publish_at] input",
            run: "edit 05/15/2099 12:00:00 && press enter",
        },
        {
            content: "Approve",
            trigger:
                ".modal:has([name=publish_at]:contains(2099), [name=publish_at] input:value(2099)) button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "It says from when on visitors see it",
            trigger: "body:not(:has(.modal)) [data-blog-ai=done]:contains(2099)",
        },
        ...steps.openPost(TOPIC),
        ...steps.becomeVisitor(),
        {
            content: "Until then a visitor is led to the blog, where it is not",
            trigger: `#o_wblog_index_content:not(:contains(${TOPIC}))`,
        },
    ],
});
