import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Tea from the hedge";

registry.category("web_tour.tours").add("blog_ai_photo", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.choose("blog_id", "Garden Notes"),
        ...steps.fillWizard({topic: TOPIC, provider: "Fake LLM", publish: true}),
        ...steps.write(),
        ...steps.waitUntilDone(),
        {
            content: "Look at other covers",
            trigger: "button[name=action_choose_cover]:enabled",
            run: "click",
        },
        {
            content: "Look for photos",
            trigger:
                ".modal button[name=action_generate]:contains(Look for photos on Unsplash)",
            run: "click",
        },
        {
            content: "There are four photos, each with its photographer",
            trigger:
                ".modal .o_kanban_view:has(.o_kanban_record:nth-child(4):contains(Ada Cloud / Unsplash) img)",
            timeout: 30000,
        },
        {
            content: "Take the second one",
            trigger:
                ".modal .o_kanban_record:nth-child(2) button[name=action_use]:enabled",
            run: "click",
        },
        {
            content: "It says that the post has it",
            trigger: ".o_notification:contains(The post has this cover now.)",
        },
        {
            content: "The window is closed",
            trigger: "body:not(:has(.modal))",
        },
        ...steps.openPost(TOPIC),
        {
            content: "The photographer is named below the cover",
            trigger: ":iframe .o_blog_ai_credit a:contains(Ada Cloud)",
        },
    ],
});
