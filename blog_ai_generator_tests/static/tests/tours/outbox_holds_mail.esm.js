import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("blog_ai_outbox_holds_mail", {
    steps: () => [
        {
            content: "The mail names the blog and the post",
            trigger:
                ".o_data_row [name=subject]:contains(/^Garden Notes: .*Sourdough/)",
            run: "click",
        },
        {
            content: "It has a link to the post",
            trigger: ".o_form_view [name=body_content] a[href*='/blog/garden-notes']",
        },
        ...["X", "Bluesky", "Mastodon", "LinkedIn"].map((network) => ({
            content: `It has the copy for ${network}`,
            trigger: `.o_form_view [name=body_content] h4:contains(/^${network}$/) + p:not(:empty)`,
        })),
    ],
});
