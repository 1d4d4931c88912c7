import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Tea from the hedge";

registry.category("web_tour.tours").add("blog_ai_photo", {
    steps: () => [
        ...steps.writePost({
            blog: "Garden Notes",
            topic: TOPIC,
            provider: "Fake LLM",
            publish: true,
        }),
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
        ...steps.chooseCover(2, TOPIC, "photo.jpg"),
        {
            content: "The photographer is named below the cover",
            trigger: ":iframe .o_blog_ai_credit a:contains(Ada Cloud)",
        },
    ],
});
