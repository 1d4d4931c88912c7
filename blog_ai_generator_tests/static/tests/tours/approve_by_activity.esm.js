import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "A hedge that feeds birds";

registry.category("web_tour.tours").add("blog_ai_approve_by_activity", {
    steps: () => [
        ...steps.runSlot("Hedges"),
        ...steps.waitUntilDone(),
        {
            content: "The draft waits for a review",
            trigger:
                "[data-blog-ai=review]:contains(You are asked to review this draft)",
        },
        {
            content: "Open the activities",
            trigger: ".o_menu_systray [aria-label=Activities]",
            run: "click",
        },
        {
            content: "There is one about a blog post",
            trigger: "[name=activityGroups] [data-model_name='blog.post']",
            run: "click",
        },
        {
            content: "Open the draft",
            trigger: `.o_activity_view .o_activity_record:contains(${TOPIC})`,
            run: "click",
        },
        {
            content: "Approve it",
            trigger: ".o_form_view button[name=action_blog_ai_approve]:enabled",
            run: "click",
        },
        {
            content: "A date in the future may be chosen",
            trigger: ".modal [name=when] input[data-value=later]",
            run: "click",
        },
        {
            content: "The date is asked for",
            trigger: ".modal [name=publish_at]",
        },
        {
            content: "Publish it now",
            trigger: ".modal [name=when] input[data-value=now]",
            run: "click",
        },
        {
            content: "Approve",
            trigger:
                ".modal:not(:has([name=publish_at])) button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "It is approved, and no button is left to do it again",
            trigger:
                "body:not(:has(.modal)):not(:has(button[name=action_blog_ai_approve])) .o_form_view [name=blog_ai_review_state]:contains(Approved)",
        },
        {
            content: "Go to the website",
            trigger: ".o_form_view [name=is_published] button[aria-label=Published]",
            run: "click",
        },
        {
            content: "The website shows the post",
            trigger: `:iframe h1.o_wblog_post_name:contains(${TOPIC})`,
        },
        ...steps.becomeVisitor(),
        {
            content: "A visitor reads the post",
            trigger: `h1.o_wblog_post_name:contains(${TOPIC})`,
        },
    ],
});
