import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Watering in a dry summer";
const REASON = "Say how many litres a tomato needs";

registry.category("web_tour.tours").add("blog_ai_reject_and_write_again", {
    steps: () => [
        ...steps.runSlot("Watering"),
        ...steps.waitUntilDone(),
        {
            content: "Reject the draft",
            trigger: ".o_form_view button[name=action_reject]:enabled",
            run: "click",
        },
        {
            content: "Try it without a reason",
            trigger: ".modal button[name=action_reject]:enabled",
            run: "click",
        },
        {
            content: "The reason is asked for",
            trigger: ".modal [name=reason].o_field_invalid",
        },
        {
            content: "Say what is wrong",
            trigger: ".modal [name=reason] textarea",
            run: `edit ${REASON}`,
        },
        {
            content: "It is to be written again",
            trigger: ".modal [name=again] input:checked",
        },
        {
            content: "Reject",
            trigger: ".modal button[name=action_reject]:enabled",
            run: "click",
        },
        {
            content: "The new generation has the reason in its notes",
            trigger: `body:not(:has(.modal)) .o_form_view [name=notes]:contains(${REASON})`,
        },
        ...steps.waitUntilDone(),
        {
            content: "The new draft waits for a review by the same person",
            trigger:
                "[data-blog-ai=review]:contains(You are asked to review this draft)",
        },
        ...steps.openMenu("menu_to_review"),
        {
            content: "Only the new one is to be reviewed",
            trigger: `.o_list_view:not(:has(.o_data_row:contains(${TOPIC}) ~ .o_data_row:contains(${TOPIC}))) .o_data_row:contains(${TOPIC})`,
        },
        {
            content: "Look at all of them",
            trigger: ".o_searchview_facet:contains(To review) .o_facet_remove",
            run: "click",
        },
        {
            content: "Open the older one",
            trigger: `.o_data_row:contains(${TOPIC}) ~ .o_data_row:contains(${TOPIC}) [name=topic]`,
            run: "click",
        },
        {
            content: "It says who rejected it and why",
            trigger: `[data-blog-ai=rejected]:contains(Vera):contains(${REASON})`,
        },
    ],
});

const OWN_TOPIC = "Turnips nobody asked for";
const NO_MORE = "We have enough about turnips";

registry.category("web_tour.tours").add("blog_ai_reject_own_draft", {
    steps: () => [
        ...steps.writePost({topic: OWN_TOPIC, provider: "Fake LLM", publish: false}),
        {
            content: "Reject the draft that was asked for",
            trigger: "[data-blog-ai=done] button[name=action_reject]:enabled",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal [name=reason] textarea",
            run: `edit ${NO_MORE}`,
        },
        {
            content: "It is not to be written again",
            trigger: ".modal [name=again] input:checked",
            run: "uncheck",
        },
        {
            content: "Reject",
            trigger: ".modal button[name=action_reject]:enabled",
            run: "click",
        },
        {
            content: "It says who rejected it and why",
            trigger: `body:not(:has(.modal)) [data-blog-ai=rejected]:contains(Vera):contains(${NO_MORE})`,
        },
    ],
});
