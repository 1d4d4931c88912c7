import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const BLOG = "Harbour Notes";
const VOICE = "Harbour pilot";
const TOPIC = "Mooring at night";

const speaks = (voice, number) => ({
    content: `It is written in version ${number} of ${voice}`,
    trigger: `.o_form_view [name=voice_version_id]:contains(/^${voice}, version ${number}$/)`,
});

/** Reject the draft, and have it written again in the voice of `then` or `now`. */
const writeAgain = (choice, reason) => [
    {
        content: "Reject the draft",
        trigger: "[data-blog-ai=done] button[name=action_reject]:enabled",
        run: "click",
    },
    {
        content: "Say why",
        trigger: ".modal [name=reason] textarea",
        run: `edit ${reason}`,
    },
    {
        content: "The window says that the voice has changed",
        trigger: `.modal [name=voice_note]:contains(“${VOICE}, version 1”):contains(“${VOICE}, version 2”)`,
    },
    {
        content: "The voice of today is proposed",
        trigger: ".modal [name=voice_choice] input[data-value=now]:checked",
    },
    {
        content: `Choose the voice: ${choice}`,
        trigger: `.modal [name=voice_choice] input[data-value=${choice}]`,
        run: "click",
    },
    {
        content: "Reject",
        trigger: ".modal button[name=action_reject]:enabled",
        run: "click",
    },
    {
        content: "The new generation has the reason in its notes",
        trigger: `body:not(:has(.modal)) .o_form_view [name=notes]:contains(${reason})`,
    },
    ...steps.waitUntilDone(),
];

registry.category("web_tour.tours").add("blog_ai_voice_choice", {
    steps: () => [
        ...steps.openBlog(BLOG),
        ...steps.choose("blog_ai_voice_id", VOICE),
        ...steps.save(),
        ...steps.writePost({
            blog: BLOG,
            topic: TOPIC,
            provider: "Offline sample",
            publish: false,
        }),
        speaks(VOICE, 1),
        ...steps.openMenu("menu_voice"),
        {
            content: "Open the voice",
            trigger: `.o_data_row [name=name]:contains(/^${VOICE}$/)`,
            run: "click",
        },
        {
            content: "Change for whom it writes",
            trigger: ".o_form_view [name=audience] input",
            run: "edit people who have never sailed",
        },
        ...steps.save(),
        {
            content: "It is the second version",
            trigger: ".o_form_view [name=number]:contains(/^2$/)",
        },
        ...steps.openGeneration(TOPIC),
        ...writeAgain("then", "Too short for a beginner"),
        speaks(VOICE, 1),
        ...writeAgain("now", "Too salty for a beginner"),
        speaks(VOICE, 2),
    ],
});

registry.category("web_tour.tours").add("blog_ai_voice_of_slot", {
    steps: () => [
        ...steps.openSlot("Harbour mornings"),
        ...steps.choose("voice_id", "Plain and helpful"),
        ...steps.save(),
        {
            content: "Run it now",
            trigger: ".o_form_view button[name=action_run_now]:enabled",
            run: "click",
        },
        {
            content: "The generation is open",
            trigger: ".o_form_view [name=topic]:contains(Ropes in frost)",
        },
        ...steps.waitUntilDone(),
        {
            content: "It is written in the voice of the slot, not of the blog",
            trigger: ".o_form_view [name=voice_version_id]:contains(Plain and helpful)",
        },
    ],
});
