import {registry} from "@web/core/registry";

import * as phone from "./phone_steps.esm";
import * as steps from "./steps.esm";

const TOPIC = "Kohlrabi in a window box";

registry.category("web_tour.tours").add("blog_ai_publish_phone", {
    steps: () => [
        ...phone.openWizard(),
        ...steps.fillWizard({topic: TOPIC, publish: false}),
        ...steps.write(),
        ...steps.waitUntilDone(),
        {
            content: "Open the post's own form",
            trigger: ".o_form_view .o_field_widget[name=post_id] a.o_form_uri",
            run: "click",
        },
        {
            content: "Publish it there",
            trigger: ".o_form_view button[name=action_blog_ai_publish]:enabled",
            run: "click",
        },
        {
            content: "The window asks when",
            trigger: ".modal [name=when] input[data-value=now]:checked",
        },
        phone.fits("The window"),
        {
            content: "Publish it at once",
            trigger: ".modal button[name=action_publish]:enabled",
            run: "click",
        },
        {
            content: "Read that it worked",
            trigger:
                ".o_notification:contains(The post is published: visitors can see it.)",
        },
        {
            content: "The form offers that no more",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name=action_blog_ai_publish])) [name=blog_ai_grade]",
        },
        phone.fits("The post's form"),
        {
            content: "Go back to the generation",
            trigger: ".o_breadcrumb .o_back_button",
            run: "click",
        },
        {
            content: "It says so, too",
            trigger: "[data-blog-ai=done]:contains(visitors can see it)",
        },
        {
            content: "Go back to the list",
            trigger: ".o_breadcrumb .o_back_button",
            run: "click",
        },
        {
            content: "The card of the post says that it is published",
            trigger: `.o_kanban_record:contains(${TOPIC}) [name=post_status_note]:contains(Published)`,
        },
    ],
});
