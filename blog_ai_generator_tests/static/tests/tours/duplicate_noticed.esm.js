import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Nettles as food for butterflies";
const LIKE = "Food for butterflies: nettles";

registry.category("web_tour.tours").add("blog_ai_duplicate_noticed", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({topic: TOPIC, provider: "Fake LLM", publish: true}),
        ...steps.choose("blog_id", "Garden Notes"),
        ...steps.write(),
        ...steps.waitUntilDone(),
        ...steps.openWizard(),
        ...steps.choose("blog_id", "Garden Notes"),
        ...steps.fillWizard({topic: LIKE, provider: "Fake LLM", publish: true}),
        {
            content: "The wizard says what it resembles",
            trigger: `.modal [data-blog-ai=similar]:contains(the post “${TOPIC})`,
        },
        ...steps.write(LIKE),
        {
            content: "A person may write it all the same",
            trigger: `.o_form_view [name=topic]:contains(${LIKE})`,
        },
        ...steps.waitUntilDone(),
    ],
});
