import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Sourdough without a schedule";

registry.category("web_tour.tours").add("blog_ai_write_and_publish", {
    steps: () => [
        ...steps.writePost({
            blog: "Garden Notes",
            topic: TOPIC,
            provider: "Fake LLM",
            publish: true,
        }),
        steps.attempts(1),
        ...steps.openPost(TOPIC),
        ...steps.becomeVisitor(),
        {
            content: "A visitor reads the post",
            trigger: `h1.o_wblog_post_name:contains(${TOPIC})`,
        },
        {
            content: "It has sections to read",
            trigger: ".o_wblog_post_content_field section.s_text_block h2",
        },
        {
            content: "The visitor is not logged in",
            trigger: "body:not(:has(.o_frontend_to_backend_nav))",
        },
        {
            content: "Search engines find a title, a description and keywords",
            trigger: `h1.o_wblog_post_name:contains(${TOPIC})`,
            run: () => {
                const description = document.head.querySelector(
                    "meta[name=description]"
                );
                const keywords = document.head.querySelector("meta[name=keywords]");
                if (!document.title.includes("Sourdough")) {
                    throw new Error(`The page's title is “${document.title}”.`);
                }
                if (!(description?.content.length >= 50)) {
                    throw new Error("The page has no description for search engines.");
                }
                if (!keywords?.content) {
                    throw new Error("The page has no keywords.");
                }
            },
        },
    ],
});
