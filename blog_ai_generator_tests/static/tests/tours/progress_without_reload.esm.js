import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

registry.category("web_tour.tours").add("blog_ai_progress_without_reload", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({
            topic: "Elder along the fence",
            provider: "Fake LLM, slow",
            publish: false,
        }),
        ...steps.write(),
        {
            content: "The form says that the model is writing",
            trigger: ".o_form_view [role=status] > span:contains(The model is writing)",
        },
        {
            content: "Seconds are counted",
            trigger:
                ".o_form_view [role=status]:has([name=elapsed]:contains(/[1-9]\\d* s/)) [title='In progress']",
        },
        ...steps.waitUntilDone(),
        {
            content: "Publishing is one key away",
            trigger: "[data-blog-ai=done] button[name=action_publish]:focus",
        },
    ],
});
