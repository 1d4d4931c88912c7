import {registry} from "@web/core/registry";

import * as phone from "./phone_steps.esm";
import * as steps from "./steps.esm";

registry.category("web_tour.tours").add("blog_ai_phone", {
    steps: () => [
        ...phone.openWizard(),
        ...steps.fillWizard({
            topic: "A shed on wheels",
            publish: false,
        }),
        phone.fits("The wizard"),
        ...steps.write(),
        ...steps.waitUntilDone(),
        phone.fits("The generation"),
        {
            content: "Look at the copy for the networks",
            trigger: "[data-blog-ai=done] button[name=action_open_social]:enabled",
            run: "click",
        },
        {
            content: "Open its tab",
            trigger: ".o_notebook a[name=social_copy]",
            run: "click",
        },
        {
            content: "The four networks are there",
            trigger: ".o_field_widget[name=social_ids]:contains(LinkedIn)",
        },
        phone.fits("The post's form"),
    ],
});
