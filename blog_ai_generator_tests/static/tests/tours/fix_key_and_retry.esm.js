import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "A pond for dragonflies";
const GOOD_KEY = "sk-good-0123456789";

registry.category("web_tour.tours").add("blog_ai_fix_key_and_retry", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({topic: TOPIC, publish: true}),
        ...steps.write(),
        ...steps.waitForError("did not accept the API key"),
        {
            content: "Open the configuration",
            trigger:
                "[data-menu-xmlid='website.menu_website_global_configuration']:not(.dropdown-item)",
            run: "click",
        },
        {
            content: "Go to the settings",
            trigger:
                ".o-dropdown--menu [data-menu-xmlid='website.menu_website_website_settings']",
            run: "click",
        },
        {
            content: "Enter the right key",
            trigger: "#blog_ai_provider [name=blog_ai_api_key] input",
            run: `edit ${GOOD_KEY}`,
        },
        {
            content: "Save the settings",
            trigger: ".o_control_panel .o_form_button_save:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        ...steps.openMenu("menu_generation"),
        {
            content: "Open the one that failed",
            trigger: `.o_data_row:contains(${TOPIC}) [name=topic]`,
            run: "click",
        },
        {
            content: "Retry",
            trigger: "button[name=action_retry]:enabled",
            run: "click",
        },
        ...steps.waitUntilDone(),
        steps.attempts(2),
    ],
});
