import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Pruning an old pear";
const CARD = ".modal .o_kanban_record:nth-child(2)";
let chosen = "";

registry.category("web_tour.tours").add("blog_ai_titles", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Offline sample", publish: false}),
        {
            content: "Ask for other titles",
            trigger: "button[name=action_propose_titles]:enabled",
            run: "click",
        },
        {
            content: "There are three to choose from",
            trigger:
                ".modal:not(:has(.o_searchview)) .o_kanban_view:has(.o_kanban_record:not(.o_kanban_ghost):nth-child(3))",
        },
        {
            content: "Read the second one",
            trigger: `${CARD} .fw-bold`,
            run: ({anchor}) => {
                chosen = anchor.textContent.trim();
            },
        },
        {
            content: "Take it",
            trigger: `${CARD} button[name=action_use]:enabled`,
            run: "click",
        },
        {
            content: "It says that the post has it",
            trigger: ".o_notification:contains(The post has this title now.)",
        },
        {
            content: "The choice is made",
            trigger: "body:not(:has(.modal))",
        },
        ...steps.openPost(TOPIC),
        {
            content: "It is the title on the page",
            trigger: ":iframe h1.o_wblog_post_name",
            run: ({anchor}) => {
                const title = anchor.textContent.trim();
                if (!chosen || title !== chosen) {
                    throw new Error(`The title is “${title}”, not “${chosen}”.`);
                }
            },
        },
    ],
});
