import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Slugs and how to live with them";

const openList = () => [
    ...steps.openMenu("menu_not_looked_at"),
    {
        content: "The list shows what nobody looked at",
        trigger: ".o_searchview_facet:contains(Not opened yet)",
    },
];

registry.category("web_tour.tours").add("blog_ai_not_looked_at", {
    steps: () => [
        ...steps.runSlot("Slugs"),
        ...steps.waitUntilDone(),
        ...openList(),
        {
            content: "The post that the slot published is there",
            trigger: `.o_data_row:contains(${TOPIC}) [name=topic]`,
            run: "click",
        },
        ...steps.openPost(TOPIC),
        ...openList(),
        {
            content: "It is not there any more",
            trigger: `.o_list_view:not(:has(.o_data_row:contains(${TOPIC})))`,
        },
    ],
});
