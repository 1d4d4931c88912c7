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
        {
            content: "Open the calendar",
            trigger: ".o_form_view",
            run: () => {
                window.location.href = "/odoo/blog-ai-calendar?debug=tests";
            },
            expectUnloadPage: true,
        },
        {
            content: "It shows titles: a line, or two",
            trigger: ".o_calendar_view .fc-event .o_event_title",
            run: ({anchor}) => {
                const {fontSize, visibility, whiteSpace} = getComputedStyle(anchor);
                const {height} = anchor.getBoundingClientRect();
                const isShown = visibility === "visible" && whiteSpace === "normal";
                if (!isShown || height < parseFloat(fontSize)) {
                    throw new Error(`A title has ${height} px and is ${visibility}.`);
                }
            },
        },
        phone.fits("The calendar"),
    ],
});
