import {registry} from "@web/core/registry";

import * as phone from "./phone_steps.esm";
import * as social from "./social_copy_steps.esm";
import * as steps from "./steps.esm";

const TOPIC = "Radishes in a drawer";
const EDITED = "Twenty days from seed to plate.";

registry.category("web_tour.tours").add("blog_ai_social_copy_phone", {
    steps: () => [
        ...phone.openWizard(),
        ...steps.fillWizard({topic: TOPIC, publish: false}),
        ...steps.write(),
        ...steps.waitUntilDone(),
        ...social.openSocial(),
        phone.fits("The tab"),
        {
            content: "Edit the copy for Mastodon",
            trigger: social.text("mastodon"),
            run: `edit ${EDITED}`,
        },
        {
            content: "The counter follows",
            trigger: `${social.part("mastodon")}[data-too-long=false]`,
        },
        ...social.writeAgain("x", "Version"),
        phone.fits("The proposal"),
        {
            content: "Use it",
            trigger: ".modal [data-blog-ai=use]:enabled",
            run: "click",
        },
        {
            content: "The copy for X is the proposal",
            trigger: `body:not(:has(.modal)) ${social.text("x")}:value(Version)`,
        },
        ...social.save(),
        {
            content: "The edit is saved too",
            trigger: `${social.text("mastodon")}:value(${EDITED})`,
        },
        phone.fits("The saved tab"),
    ],
});
