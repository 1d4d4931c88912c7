import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";

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
        {
            content: "Asking for them by their names is refused as well",
            trigger: "body",
            run: async () => {
                for (const model of ["blog.ai.provider", "blog.ai.generation"]) {
                    const answer = await rpc(
                        `/web/dataset/call_kw/${model}/search_read`,
                        {model, method: "search_read", args: [], kwargs: {}}
                    ).catch((error) => error);
                    if (!answer.exceptionName?.endsWith("AccessError")) {
                        throw new Error(`A restricted editor reads ${model}.`);
                    }
                }
            },
        },
    ],
});
