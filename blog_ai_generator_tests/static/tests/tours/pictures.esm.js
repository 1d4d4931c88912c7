import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "A pond in a barrel";

registry.category("web_tour.tours").add("blog_ai_pictures", {
    steps: () => [
        ...steps.writePost({
            blog: "Painted Notes",
            topic: TOPIC,
            provider: "Fake LLM",
            publish: false,
        }),
        {
            content: "The picture arrives after the post",
            trigger:
                "[name=repairs]:contains(The cover is a picture that Fake LLM made.)",
            timeout: 20000,
        },
        {
            content: "Look at other covers",
            trigger: "button[name=action_choose_cover]:enabled",
            run: "click",
        },
        {
            content: "Have some made, at the price that the button names",
            trigger:
                ".modal button[name=action_generate]:contains(Have Fake LLM make 4 pictures: )",
            run: "click",
        },
        {
            content: "Four new ones are there, and no offer",
            trigger:
                ".modal .o_kanban_view:has(.o_kanban_record:not(.o_kanban_ghost):nth-child(4) img):not(:has(button[name=action_generate]))",
            timeout: 20000,
        },
        ...steps.chooseCover(2, TOPIC, "picture."),
    ],
});
