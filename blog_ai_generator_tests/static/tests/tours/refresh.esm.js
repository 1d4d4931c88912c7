import {registry} from "@web/core/registry";

import * as phone from "./phone_steps.esm";
import * as steps from "./steps.esm";

const TITLE = "Ten years of rain barrels";
const ROW = `.o_data_row:contains(${TITLE})`;

registry.category("web_tour.tours").add("blog_ai_refresh", {
    steps: () => [
        ...steps.openMenu("menu_refresh"),
        {
            content: "The old post has lost visits; have a new version proposed",
            trigger: `${ROW}:has([name=blog_ai_visits]:contains(/^1$/)):has([name=blog_ai_visits_before]:contains(/^3$/)) button[name=action_blog_ai_refresh]`,
            run: "click",
        },
        {
            content: "Old and new are side by side",
            trigger:
                ".modal [name=comparison]:contains(Introduction):contains(Present text):contains(Water is dear):contains(New text)",
            timeout: 30000,
        },
        {
            content: "The reason is given",
            trigger: ".modal [name=why]:contains(first section)",
        },
        {
            content: "Use the new version",
            trigger: ".modal button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "The post has it",
            trigger: ".o_notification:contains(The post has its new version now.)",
        },
        {
            content: "It rests now",
            trigger: `.o_list_view:not(:has(${ROW}))`,
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_refresh_letter", {
    steps: () => [
        {
            content: "Have a new version of a text without headings proposed",
            trigger:
                ".o_form_view button[name=action_blog_ai_refresh]:contains(Propose a new version)",
            timeout: 30000,
            run: "click",
        },
        {
            content: "The whole text is beside the new one",
            trigger:
                ".modal [name=comparison]:contains(Text without headings):contains(Moss is patient.):contains(So am I.)",
            timeout: 30000,
        },
        {
            content: "Use the new version",
            trigger: ".modal button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "The post has it",
            trigger: ".o_notification:contains(The post has its new version now.)",
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_refresh_restore", {
    steps: () => [
        {
            content: "Open the versions of the post",
            trigger: ".o_form_view button:contains(New versions)",
            timeout: 30000,
            run: "click",
        },
        {
            content: "Open the approved one",
            trigger: ".o_data_row:contains(New version approved) [name=post_id]",
            run: "click",
        },
        {
            content: "Restore the old text",
            trigger: ".modal button[name=action_restore]:enabled",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal footer button:contains(/^Restore$/)",
            run: "click",
        },
        {
            content: "It is back",
            trigger: ".o_notification:contains(The post has its old text again.)",
        },
    ],
});

const BENCH = "A bench that outlives us";
const BENCH_ROW = `.o_data_row:contains(${BENCH})`;

registry.category("web_tour.tours").add("blog_ai_write_for_refresh", {
    steps: () =>
        steps.writePost({
            topic: BENCH,
            provider: "Fake LLM, content with all",
            publish: true,
        }),
});

registry.category("web_tour.tours").add("blog_ai_refresh_nothing", {
    steps: () => [
        ...steps.openMenu("menu_refresh"),
        {
            content: "Have a new version proposed",
            trigger: `${BENCH_ROW} button[name=action_blog_ai_refresh]`,
            run: "click",
        },
        {
            content: "There is nothing to change, and the reason is given",
            trigger:
                ".modal:has([name=why]:contains(All of it still holds.)) [data-blog-ai=nothing]:contains(stays as it is)",
            timeout: 30000,
        },
        {
            content: "Nothing is there to decide",
            trigger: ".modal footer:not(:has(button[name=action_approve]))",
        },
        {
            content: "Close",
            trigger: ".modal footer button:contains(Close)",
            run: "click",
        },
        {
            content: "The post rests now",
            trigger: `.o_list_view:not(:has(${BENCH_ROW}))`,
        },
    ],
});

const CARD = ".o_kanban_record:contains(Ten years of watering cans)";

registry.category("web_tour.tours").add("blog_ai_refresh_phone", {
    steps: () => [
        {
            content:
                "The card says how often the post is read; have a version proposed",
            trigger: `${CARD}:contains(Visits in 30 days) button[name=action_blog_ai_refresh]`,
            timeout: 30000,
            run: "click",
        },
        {
            content: "Old and new are there",
            trigger:
                ".modal [name=comparison]:contains(Present text):contains(New text)",
            timeout: 30000,
        },
        phone.fits("The comparison"),
        {
            content: "Keep the old text",
            trigger: ".modal button[name=action_keep]:enabled",
            run: "click",
        },
        {
            content: "It rests now",
            trigger: `.o_kanban_view:not(:has(${CARD}))`,
        },
    ],
});
