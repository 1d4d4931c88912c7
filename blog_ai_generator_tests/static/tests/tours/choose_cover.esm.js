import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Soup of what is left";

registry.category("web_tour.tours").add("blog_ai_choose_cover", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.choose("blog_id", "Garden Notes"),
        ...steps.fillWizard({topic: TOPIC, provider: "Fake LLM", publish: false}),
        ...steps.write(),
        ...steps.waitUntilDone(),
        {
            content: "Look at other covers",
            trigger: "button[name=action_choose_cover]:enabled",
            run: "click",
        },
        {
            content: "There are four to choose from",
            trigger:
                ".modal .o_kanban_view:has(.o_kanban_record:not(.o_kanban_ghost):nth-child(4) img)",
        },
        {
            content: "Take the third one",
            trigger:
                ".modal .o_kanban_record:nth-child(3) button[name=action_use]:enabled",
            run: "click",
        },
        {
            content: "It says that the post has it",
            trigger: ".o_notification:contains(The post has this cover now.)",
        },
        {
            content: "The choice is made",
            trigger: "body:not(:has(.modal))",
        },
        ...steps.openPost(TOPIC),
        {
            content: "The title stands on the picture",
            trigger: ":iframe .o_record_cover_image[style*='/web/image/']",
        },
    ],
});
