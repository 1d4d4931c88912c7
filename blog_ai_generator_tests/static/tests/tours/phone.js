import {registry} from "@web/core/registry";

import * as steps from "./steps";

const fits = (what) => ({
    content: `${what} fits the screen`,
    trigger: "body",
    run: () => {
        const {scrollWidth, clientWidth} = document.documentElement;
        if (scrollWidth > clientWidth) {
            throw new Error(`${what} is ${scrollWidth} px wide on ${clientWidth} px.`);
        }
    },
});

registry.category("web_tour.tours").add("blog_ai_phone", {
    steps: () => [
        {
            content: "Press “Write a post” above the generations",
            trigger: ".o_control_panel button:contains(Write a post)",
            run: "click",
        },
        ...steps.fillWizard({
            topic: "A shed on wheels",
            publish: false,
        }),
        fits("The wizard"),
        ...steps.write(),
        ...steps.waitUntilDone(),
        fits("The generation"),
        {
            content: "The buttons of the form are behind one",
            trigger: ".o_control_panel button:has(.fa-bolt)",
            run: "click",
        },
        {
            content: "Look at the copy for the networks",
            trigger: ".o-dropdown--menu button[name=action_open_social]:enabled",
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
        fits("The post's form"),
    ],
});
