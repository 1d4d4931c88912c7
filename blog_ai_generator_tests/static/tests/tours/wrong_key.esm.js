import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Bees on a balcony";

registry.category("web_tour.tours").add("blog_ai_wrong_key", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({topic: TOPIC, publish: true}),
        ...steps.write(),
        ...steps.waitForError("did not accept the API key"),
        {
            content: "There is no post to open",
            trigger: ".o_form_statusbar:not(:has(button[name=action_open_post]))",
        },
    ],
});
