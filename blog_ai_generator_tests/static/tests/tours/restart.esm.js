import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

registry.category("web_tour.tours").add("blog_ai_ask_and_wait", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({
            topic: "Marigolds between the beans",
            provider: "Fake LLM, interrupted",
            publish: false,
        }),
        ...steps.write(),
        {
            content: "The form says that the model is writing",
            trigger: ".o_form_view [role=status] > span:contains(The model is writing)",
        },
    ],
});
