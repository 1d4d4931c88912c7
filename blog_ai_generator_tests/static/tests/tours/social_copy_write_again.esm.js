import {registry} from "@web/core/registry";

import * as social from "./social_copy_steps.esm";
import * as steps from "./steps.esm";

const TOPIC = "Beans on strings";
const MINE = "Beans climb what you give them. We gave them strings.";

registry.category("web_tour.tours").add("blog_ai_social_copy_write_again", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, publish: false}),
        ...social.openSocial(),
        {
            content: "Say it in one's own words",
            trigger: social.text("bluesky"),
            run: `edit ${MINE}`,
        },
        ...social.writeAgain("bluesky", "Version"),
        {
            content: "One's own words stand beside it, though nobody saved them",
            trigger: `.modal [data-blog-ai=present]:contains(${MINE})`,
        },
        {
            content: "Keep them",
            trigger: ".modal [data-blog-ai=keep]",
            run: "click",
        },
        {
            content: "They are kept",
            trigger: `body:not(:has(.modal)) ${social.text("bluesky")}:value(${MINE})`,
        },
        ...social.writeAgain("linkedin", "Version"),
        {
            content: "Ask for another one",
            trigger: ".modal [data-blog-ai=another]:enabled",
            run: "click",
        },
        {
            content: "It is another one, and within LinkedIn's limit",
            trigger:
                ".modal [data-blog-ai=proposal]:contains(Version 3) [data-too-long=false]",
        },
        {
            content: "Use it",
            trigger: ".modal [data-blog-ai=use]:enabled",
            run: "click",
        },
        {
            content: "The copy is the proposal",
            trigger: `body:not(:has(.modal)) ${social.text("linkedin")}:value(Version 3)`,
        },
        ...social.save(),
        {
            content: "One's own words are saved too",
            trigger: `${social.text("bluesky")}:value(${MINE})`,
        },
    ],
});
