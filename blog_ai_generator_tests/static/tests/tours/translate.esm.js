import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Pears for a cold cellar";

registry.category("web_tour.tours").add("blog_ai_translate", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Offline sample", publish: true}),
        {
            content: "Ask for a translation",
            trigger: "[data-blog-ai=done] button[name=action_translate]",
            run: "click",
        },
        {
            content: "Tick French",
            trigger: ".modal [name=lang_ids] .o-checkbox:contains(French) input",
            run: "click",
        },
        {
            content: "Translate",
            trigger: ".modal button[name=action_translate]:enabled",
            run: "click",
        },
        {
            content: "The generation of the translation is open",
            trigger: ".o_form_view [name=kind]:contains(Translation)",
        },
        {
            content:
                "It waits for a person to read it; titles would be those of the post",
            trigger:
                ".o_form_view:not(:has(button[name=action_propose_titles])) [data-blog-ai=review]:contains(not in the post yet)",
            timeout: 30000,
        },
        {
            content: "The sample is marked as one",
            trigger: "[name=translation_html]:contains(Sample translation into French)",
        },
        {
            content: "Approve it",
            trigger: "[data-blog-ai=review] button[name=action_approve]",
            run: "click",
        },
        {
            content: "Answer for the translation",
            trigger: ".modal [name=responsible] input",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "Visitors can read it",
            trigger: "[data-blog-ai=done]:contains(approved this translation)",
        },
        {
            content: "Nobody else has to answer for it",
            trigger: ".o_form_view:not(:has([data-blog-ai=unexamined]))",
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_translate_again", {
    steps: () => [
        {
            content: "The text has changed since, which the translation says",
            trigger: "[data-blog-ai=outdated]:contains(older than the text)",
            timeout: 30000,
        },
        {
            content: "Have it translated again",
            trigger: "[data-blog-ai=outdated] button[name=action_translate_again]",
            run: "click",
        },
        {
            content: "The window says about what that costs",
            trigger: ".modal [name=cost_note]:contains(free of charge)",
        },
        {
            content: "Show it at once",
            trigger: ".modal [name=publish] input[data-value=now]",
            run: "click",
        },
        {
            content: "Translate into the language that is ticked",
            trigger:
                ".modal:has([name=lang_ids] .o-checkbox:contains(French) input:checked) button[name=action_translate]:enabled",
            run: "click",
        },
        {
            content: "Visitors can read it, and nobody answers for it",
            trigger:
                ".o_form_view:has([data-blog-ai=unexamined]) [data-blog-ai=done]:contains(visitors can see it)",
            timeout: 30000,
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_translate_daily", {
    steps: () => [
        ...steps.openSlot("Bilingual mornings"),
        {
            content: "Look for a further language",
            trigger: ".o_form_view [name=translation_lang_ids] input",
            run: "edit French",
        },
        {
            content: "Choose French",
            trigger:
                ".o-autocomplete--dropdown-menu .dropdown-item:contains(French):has(.text-primary)",
            run: "click",
        },
        {
            content: "It is one of the slot's languages",
            trigger: ".o_form_view [name=translation_lang_ids] .o_tag:contains(French)",
        },
        {
            content: "Save it",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        ...steps.runSlot("Bilingual mornings"),
        ...steps.waitUntilDone(),
        {
            content: "The post has the language, too",
            trigger: ".o_form_view [name=translation_lang_ids] .o_tag:contains(French)",
        },
    ],
});
