import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Apples that keep until spring";

const meta = (selector) =>
    document.head.querySelector(`meta[${selector}]`)?.content || "";

const expectLength = (what, text, least, most) => {
    if (text.length < least || text.length > most) {
        throw new Error(`${what} has ${text.length} characters: “${text}”.`);
    }
};

registry.category("web_tour.tours").add("blog_ai_seo", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Fake LLM", publish: true}),
        ...steps.openPost(TOPIC),
        {
            content: "Open the menu “Site”",
            trigger: ".o_menu_sections [data-menu-xmlid='website.menu_site']",
            run: "click",
        },
        {
            content: "Optimize SEO",
            trigger: ".o-dropdown--menu [data-menu-xmlid='website.menu_optimize_seo']",
            run: "click",
        },
        {
            content: "The title is filled in and not longer than Odoo advises",
            trigger: ".oe_seo_configuration input[maxlength='70']",
            run: function () {
                expectLength("The title", this.anchor.value, 10, 65);
            },
        },
        {
            content: "So is the description",
            trigger: ".oe_seo_configuration [name=website_meta_description]",
            run: function () {
                expectLength("The description", this.anchor.value, 50, 160);
            },
        },
        {
            content: "Odoo does not complain about its length",
            trigger:
                ".oe_seo_configuration:not(:has(.alert-warning)) section:has([name=website_meta_description]):not(:has(small.text-warning))",
        },
        {
            content:
                "The first keyword is used in heading, title, description and text",
            trigger: ".o_seo_keyword_row:first .o_seo_mentioned_keyword:last .fa-check",
            run: function () {
                const used = this.anchor.closest("tr").querySelectorAll(".fa-check");
                if (used.length < 4) {
                    throw new Error(
                        `The first keyword is used in ${used.length} places.`
                    );
                }
            },
        },
        {
            content: "Networks are given an image that there is",
            trigger: ".o_seo_og_image .o_active_image img",
            run: async function () {
                await this.anchor.decode();
            },
        },
        {
            content: "No image lacks a description",
            trigger: ".o_seo_images_check > p:contains(No warning on images)",
        },
        {
            content: "No link of the article is broken",
            trigger: ".o_seo_images_check:has(.mt-2 > p, .mt-2 > .row)",
            timeout: 30000,
            run: function () {
                // Broken links of the page itself, such as unset social networks, are
                // not the writer's fault.
                const page = document.querySelector(".o_iframe_container > iframe");
                for (const {value} of this.anchor.querySelectorAll(".is-invalid")) {
                    const link = `.o_wblog_post_content_field a[href="${value}"]`;
                    if (page.contentDocument.querySelector(link)) {
                        throw new Error(`The article has a broken link: ${value}`);
                    }
                }
            },
        },
        {
            content: "Close it",
            trigger: ".modal header [aria-label=Close]",
            run: "click",
        },
        {
            content: "The post is to be seen again",
            trigger: `body:not(:has(.modal)) :iframe h1.o_wblog_post_name:contains(${TOPIC})`,
        },
        ...steps.becomeVisitor(),
        {
            content: "A visitor, or a search engine, finds all of it in the page",
            trigger: `h1.o_wblog_post_name:contains(${TOPIC})`,
            run: () => {
                expectLength("The page's title", document.title, 10, 100);
                expectLength("The description", meta("name=description"), 50, 160);
                expectLength("The list of keywords", meta("name=keywords"), 10, 500);
                for (const name of ["title", "description", "image", "url", "type"]) {
                    expectLength(`og:${name}`, meta(`property='og:${name}'`), 3, 500);
                }
                if (!meta("property='og:title'").includes("Apples")) {
                    throw new Error(`og:title is “${meta("property='og:title'")}”.`);
                }
            },
        },
        {
            content: "The image that networks are given is one",
            trigger: `h1.o_wblog_post_name:contains(${TOPIC})`,
            run: async () => {
                const image = new Image();
                image.src = new URL(meta("property='og:image'")).pathname;
                await image.decode();
            },
        },
    ],
});
