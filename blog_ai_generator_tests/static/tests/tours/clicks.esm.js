import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Quinces on a north wall";

registry.category("web_tour.tours").add("blog_ai_publish_for_clicks", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Fake LLM", publish: true}),
        {
            content: "Open the texts for networks",
            trigger: "button[name=action_open_social]:enabled",
            run: "click",
        },
        {
            content: "The text for X ends with a short link",
            trigger: "[data-blog-ai=link]:contains(/\\/r\\/[A-Za-z0-9]{9}$/)",
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_see_clicks", {
    steps: () => [
        {
            content: "The list of posts says how often its links were clicked",
            trigger: `.o_data_row:contains(${TOPIC}) [name=blog_ai_clicks]:contains(/^2$/)`,
        },
        ...steps.openGeneration(TOPIC),
        {
            content: "Open the texts for networks",
            trigger: "button[name=action_open_social]:enabled",
            run: "click",
        },
        {
            content: "A link that was clicked says how often",
            trigger: "[data-network=x] [data-blog-ai=clicks]:contains(1 click)",
        },
        {
            content: "One that nobody has clicked says so",
            trigger:
                "[data-network=linkedin] [data-blog-ai=clicks]:contains(no clicks)",
        },
        ...steps.openReport("menu_cost_report"),
        {
            content: "The report has a column for what a click cost",
            trigger: ".o_pivot th:contains(/^Cost Per Click$/)",
        },
        {
            content: "The clicks are counted, and divide the cost",
            trigger:
                ".o_pivot tbody tr:has(td:nth-last-child(3):contains(/[1-9]/)) td:nth-last-child(2):contains(/\\d/)",
        },
    ],
});
