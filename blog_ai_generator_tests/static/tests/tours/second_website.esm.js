import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Tree ferns and their water";
const HOME = "Birch sap";

registry.category("web_tour.tours").add("blog_ai_second_website", {
    steps: () => [
        ...steps.openMenu("menu_slot"),
        {
            content: "It was eight in the morning on the second website",
            trigger:
                ".o_data_row:contains(Kiwi mornings) [name=last_state]:contains(/^Written$/)",
        },
        {
            content: "And not yet on the first one",
            trigger: ".o_data_row:contains(Mornings at home) [name=last_state]:empty",
        },
        ...steps.openSlot("Kiwi mornings"),
        {
            content: "It keeps the time of its own zone",
            trigger: ".o_form_view [name=tz] input:value(Pacific/Auckland)",
        },
        ...steps.openGeneration(TOPIC),
        ...steps.openPost(TOPIC),
        {
            content: "It is a page of the second website",
            trigger: ".o_website_switcher_container:contains(Kiwi site)",
        },
        {
            content: "And published",
            trigger: ".o_website_publish_container:contains(/^Published/)",
        },
        ...steps.becomeVisitor(),
        {
            content:
                "A visitor of the first website is told that there is no such page",
            trigger: "body:contains(404):not(:has(h1.o_wblog_post_name))",
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_first_website", {
    steps: () => [
        ...steps.openMenu("menu_slot"),
        {
            content: "Ten hours later it was eight in the morning here, too",
            trigger:
                ".o_data_row:contains(Mornings at home) [name=last_state]:contains(/^Written$/)",
        },
        ...steps.openGeneration(HOME),
        ...steps.openPost(HOME),
        {
            content: "It is published, and no page of the second website",
            trigger:
                ".o_menu_systray:has(.o_website_publish_container:contains(/^Published/)):not(:has(.o_website_switcher_container:contains(Kiwi site)))",
        },
    ],
});
