import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Compost in a cold yard";

registry.category("web_tour.tours").add("blog_ai_label", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Offline sample", publish: true}),
        ...steps.openPost(TOPIC),
        {
            content:
                "The page says that a model wrote the text, before the text begins",
            trigger:
                ":iframe .o_blog_ai_label:contains(Artificial intelligence) + .o_wblog_post_content_field",
        },
        ...steps.openReport("menu_grades"),
        {
            content: "Open the group of texts that nobody has examined",
            trigger: ".o_list_view .o_group_name:contains(/^Generated \\(/)",
            run: "click",
        },
        {
            content: "Open the post",
            trigger: `.o_data_row [name=name]:contains(${TOPIC})`,
            run: "click",
        },
        {
            content: "Take responsibility for its text",
            trigger: ".o_form_view button[name=action_blog_ai_examined]:enabled",
            run: "click",
        },
        {
            content: "The window says what that means",
            trigger:
                ".modal:contains(I have examined the content) .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "The form says who answers for the text",
            trigger:
                ".o_form_view:has([name=blog_ai_grade]:contains(reviewed)) [name=blog_ai_examined_by]:contains(Vera)",
        },
    ],
});
