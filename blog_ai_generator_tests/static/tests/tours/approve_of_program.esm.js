import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Ten plants for dry shade";

registry.category("web_tour.tours").add("blog_ai_approve_of_program", {
    steps: () => [
        ...steps.openGeneration(TOPIC),
        {
            content: "The draft of the program waits for a review",
            trigger: "[data-blog-ai=review]",
            timeout: 30000,
        },
        {
            content: "Approve it",
            trigger: ".o_form_view button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "Publish it now",
            trigger: ".modal button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "It is approved",
            trigger: "body:not(:has(.modal)) [data-blog-ai=done]",
        },
    ],
});
