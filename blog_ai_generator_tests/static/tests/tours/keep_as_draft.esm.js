import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Pruning roses in winter";

const readDraft = () => [
    ...steps.openPost(TOPIC),
    {
        content: "The draft has sections to read",
        trigger: ":iframe .o_wblog_post_content_field section.s_text_block h2",
    },
    {
        content: "It is not published",
        trigger: ".o_menu_systray .o_website_publish_container:contains(Unpublished)",
    },
];

registry.category("web_tour.tours").add("blog_ai_keep_as_draft", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Fake LLM", publish: false}),
        ...readDraft(),
        ...steps.becomeVisitor(),
        {
            content: "A visitor is told that there is no such page",
            trigger: "body:contains(404)",
        },
        {
            content: "And sees nothing of the post",
            trigger: "body:not(:has(h1.o_wblog_post_name))",
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_read_kept_draft", {
    steps: () => [
        ...steps.openGeneration(TOPIC),
        {
            content: "It was asked for as a draft, by somebody else",
            trigger:
                ".o_form_view:has([name=publish] input:not(:checked)) [name=user_id]:contains(Vera)",
        },
        ...readDraft(),
        ...steps.becomeVisitor((path) => path.split("/").slice(0, 3).join("/")),
        {
            content: "It is not among the posts that visitors see",
            trigger: `#o_wblog_index_content:not(:contains(${TOPIC}))`,
        },
    ],
});
