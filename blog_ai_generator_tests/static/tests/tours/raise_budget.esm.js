import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Seeds that cost nothing";

registry.category("web_tour.tours").add("blog_ai_raise_budget", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.choose("blog_id", "Thrifty garden"),
        ...steps.fillWizard({topic: TOPIC, provider: "Fake LLM", publish: false}),
        {
            content: "The estimate is there",
            trigger: ".modal [name=cost_note]:contains(/^about 0\\.00\\d+ USD$/)",
        },
        {
            content: "It is said before the post is requested",
            trigger:
                ".modal [data-blog-ai=budget]:contains(The budget of Thrifty garden is used up)",
        },
        ...steps.write(TOPIC),
        {
            content: "It waits for the next month",
            trigger:
                "[data-blog-ai=budget]:contains(/Queued until .+ the budget of Thrifty garden is used up/)",
            timeout: 30000,
        },
        {
            content: "Raise the budget",
            trigger: "[data-blog-ai=budget] button[name=action_raise_budget]:enabled",
            run: "click",
        },
        ...steps.waitUntilDone(),
        steps.attempts(1),
    ],
});
