import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Onions on a windowsill";
let proposed = "";

registry.category("web_tour.tours").add("blog_ai_write_for_section", {
    steps: () =>
        steps.writePost({topic: TOPIC, provider: "Offline sample", publish: true}),
});

registry.category("web_tour.tours").add("blog_ai_section", {
    steps: () => [
        ...steps.openGeneration(TOPIC),
        {
            content: "Ask which section to rewrite",
            trigger: ".o_form_view button[name=action_rewrite_section]:enabled",
            run: "click",
        },
        {
            content: "Choose the text before the first heading",
            trigger:
                ".modal .o_kanban_record:contains(Introduction) button[name=action_choose]:enabled",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_form_view [name=reason] textarea",
            run: "edit Too general: add an example.",
        },
        {
            content: "Have it written",
            trigger: ".modal button[name=action_rewrite]:enabled",
            run: "click",
        },
        {
            content: "The new text is beside the old one",
            trigger: ".modal [data-blog-ai=new-text] [name=proposal]:has(p)",
            timeout: 30000,
            run: ({anchor}) => {
                // The first one says that it is a sample.
                proposed = [...anchor.querySelectorAll("p")].pop().textContent.trim();
            },
        },
        {
            content: "Use it",
            trigger: ".modal button[name=action_use]:enabled",
            run: "click",
        },
        {
            content: "It says that the post has it",
            trigger: ".o_notification:contains(The section has its new text now.)",
        },
        {
            content: "The window is closed",
            trigger: "body:not(:has(.modal))",
        },
        ...steps.openPost(TOPIC),
        {
            content: "The page has the new text",
            trigger: ":iframe .o_wblog_post_content_field",
            run: ({anchor}) => {
                if (!proposed || !anchor.textContent.includes(proposed)) {
                    throw new Error(`The page does not have “${proposed}”.`);
                }
            },
        },
    ],
});
