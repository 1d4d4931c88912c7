import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Parsnips after the first frost";

registry.category("web_tour.tours").add("blog_ai_publish_draft", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Fake LLM", publish: false}),
        {
            content: "Publish the draft that was asked for",
            trigger: "[data-blog-ai=done] button[name=action_publish]:enabled",
            run: "click",
        },
        {
            content: "Take responsibility for it",
            trigger: ".modal [name=responsible] input",
            run: "check",
        },
        {
            content: "Publish it at once",
            trigger: ".modal button[name=action_publish]:enabled",
            run: "click",
        },
        {
            content: "Read that it worked, also where no banner says so",
            trigger: ".o_notification:contains(The post is published)",
        },
        {
            content: "It says that visitors can see it, and offers that no more",
            trigger:
                "body:not(:has(.modal)) [data-blog-ai=done]:contains(visitors can see it):not(:has(button[name=action_publish]))",
        },
        ...steps.openPost(TOPIC),
        ...steps.becomeVisitor(),
        {
            content: "A visitor reads the post, which has no label",
            trigger: `body:not(:has(.o_blog_ai_label)) h1.o_wblog_post_name:contains(${TOPIC})`,
        },
    ],
});
