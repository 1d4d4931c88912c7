import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("blog_ai_restricted_editor", {
    steps: () => [
        {
            content: "The Website app is open",
            trigger: ".o_menu_sections [data-menu-xmlid='website.menu_site']",
        },
        {
            content: "It offers no generator",
            trigger:
                ".o_menu_sections:not(:has([data-menu-xmlid='blog_ai_generator.menu_blog_ai']))",
        },
        {
            content: "And no configuration, where the providers and keys are",
            trigger:
                ".o_menu_sections:not(:has([data-menu-xmlid='website.menu_website_global_configuration']))",
        },
    ],
});
