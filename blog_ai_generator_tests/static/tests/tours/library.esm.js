import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const BLOG = "Kettle Notes";
const PICTURE = "Copper kettle (1).png";
const TOPIC = "Jam from a copper kettle";

registry.category("web_tour.tours").add("blog_ai_library", {
    steps: () => [
        ...steps.openBlog(BLOG),
        {
            content: "Look at the sources of covers",
            trigger: ".o_form_view [name=blog_ai_cover] input",
            run: "click",
        },
        {
            content: "Choose the media library",
            trigger: ".o_select_menu_item:contains(Media library)",
            run: "click",
        },
        {
            content: "A second choice is offered",
            trigger: ".o_form_view [name=blog_ai_cover_second]",
        },
        ...steps.save(),
        ...steps.writePost({
            blog: BLOG,
            topic: TOPIC,
            provider: "Fake LLM",
            publish: true,
        }),
        {
            content: "It says which picture it took",
            trigger: `.o_form_view [name=repairs]:contains(${PICTURE})`,
        },
        ...steps.openPost(TOPIC),
        {
            content: "The title stands on the picture, which has one pixel",
            trigger: ":iframe .o_record_cover_image",
            run: async ({anchor}) => {
                const {backgroundImage} = getComputedStyle(anchor);
                const picture = new Image();
                picture.src = backgroundImage.replace(/^url\("(.*)"\)$/, "$1");
                await picture.decode();
                if (picture.naturalWidth !== 1) {
                    throw new Error(`${backgroundImage} is another picture.`);
                }
            },
        },
    ],
});
