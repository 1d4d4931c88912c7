import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Jelly from quinces";
const PAGE = "Quince jelly in an hour";

registry.category("web_tour.tours").add("blog_ai_links", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Offline sample", publish: true}),
        {
            content: "It says which page of the website the text links to",
            trigger: `.o_form_view [name=linked_titles]:contains(${PAGE})`,
        },
        {
            content: "Ask for posts that could link to the new one",
            trigger: "[data-blog-ai=done] button[name=action_could_link_here]",
            run: "click",
        },
        {
            content: "The older post is proposed",
            trigger: `.o_list_view .o_data_row:contains(${PAGE})`,
        },
        {
            content: "It says what to do with it",
            trigger: `.o_list_view [data-blog-ai=hint]:contains(${TOPIC})`,
        },
        {
            content: "Go back to the generation",
            trigger: ".o_breadcrumb .o_back_button",
            run: "click",
        },
        ...steps.openPost(TOPIC),
        {
            content: "The text links to the older post",
            trigger: `:iframe .o_wblog_post_content_field a[href*="/quince-jelly-in-an-hour-"]:contains(${PAGE})`,
        },
    ],
});
