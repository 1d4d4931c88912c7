import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Bread from a cold oven";

/** Throw unless the address is that of a picture with the size of a preview. */
const look = async (address) => {
    const picture = new Image();
    picture.src = new URL(address, document.baseURI).pathname;
    await picture.decode();
    if (picture.naturalWidth !== 1200 || picture.naturalHeight !== 630) {
        throw new Error(
            `${address} has ${picture.naturalWidth} × ${picture.naturalHeight} pixels.`
        );
    }
};

registry.category("web_tour.tours").add("blog_ai_cover", {
    steps: () => [
        ...steps.writePost({
            blog: "Garden Notes",
            topic: TOPIC,
            provider: "Fake LLM",
            publish: true,
        }),
        ...steps.openPost(TOPIC),
        ...steps.becomeVisitor(),
        {
            content: "The title stands on a picture",
            trigger: `.o_wblog_post_page_cover:has(h1:contains(${TOPIC})) .o_record_cover_image[style*='/web/image/']`,
        },
        {
            content: "A network that is given the link shows a picture, too",
            trigger: `h1.o_wblog_post_name:contains(${TOPIC})`,
            run: async () => {
                for (const name of ["property='og:image'", "name='twitter:image'"]) {
                    const meta = document.head.querySelector(`meta[${name}]`);
                    await look(meta.content);
                }
            },
        },
    ],
});
