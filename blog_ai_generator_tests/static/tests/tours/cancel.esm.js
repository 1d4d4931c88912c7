import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

registry.category("web_tour.tours").add("blog_ai_cancel", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({
            topic: "Gooseberries nobody wants",
            provider: "Fake LLM, busy for long",
            publish: true,
        }),
        ...steps.write(),
        {
            content: "It waits for its next attempt",
            trigger:
                ".o_form_view [role=status] > span:contains(takes no more requests now)",
        },
        {
            content: "Cancel",
            trigger: "button[name=action_cancel]:enabled",
            run: "click",
        },
        {
            content: "It is cancelled",
            trigger:
                ".o_form_statusbar:has(button[data-value=cancelled][aria-checked=true]) [name=action_retry]:enabled",
        },
        {
            content: "It says how to have it written after all",
            trigger: "[data-blog-ai=cancelled]:contains(Retry)",
        },
        {
            content: "There is no post, and it could be tried again",
            trigger:
                ".o_form_statusbar:not(:has([name=action_open_post])) [name=action_retry]",
        },
    ],
});
