import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("blog_ai_write_by_address", {
    steps: () => [
        {
            content: "The address opens the form",
            trigger: ".modal [name=topic] input",
            timeout: 30000,
        },
        {
            content: "Discard it",
            trigger: ".modal button:contains(Discard)",
            run: "click",
        },
        {
            content: "The list of generations was below it",
            trigger:
                "body:not(:has(.modal)) .o_breadcrumb .active:contains(Generations)",
        },
    ],
});
