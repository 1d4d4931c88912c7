import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

registry.category("web_tour.tours").add("blog_ai_rate_limit", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({
            topic: "Currants in half shade",
            provider: "Fake LLM, busy once",
            publish: false,
        }),
        ...steps.write(),
        {
            content: "It says that the provider is busy and that it goes on by itself",
            trigger:
                ".o_form_view [role=status] > span:contains(takes no more requests now)",
        },
        ...steps.waitUntilDone(),
        steps.attempts(1),
    ],
});
