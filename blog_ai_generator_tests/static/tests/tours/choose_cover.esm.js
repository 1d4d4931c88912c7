import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Soup of what is left";

registry.category("web_tour.tours").add("blog_ai_choose_cover", {
    steps: () => [
        ...steps.writePost({
            blog: "Garden Notes",
            topic: TOPIC,
            provider: "Fake LLM",
            publish: false,
        }),
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
        ...steps.chooseCover(3, TOPIC, "/web/image/"),
    ],
});
