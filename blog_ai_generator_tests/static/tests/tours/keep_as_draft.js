import {registry} from "@web/core/registry";

import * as steps from "./steps";

const TOPIC = "Pruning roses in winter";

registry.category("web_tour.tours").add("blog_ai_keep_as_draft", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({topic: TOPIC, provider: "Box", publish: false}),
        ...steps.write(),
        ...steps.waitUntilDone(),
        ...steps.openPost(TOPIC),
        {
            content: "The writer sees that it is not published",
            trigger:
                ".o_menu_systray .o_website_publish_container:contains(Unpublished)",
        },
        ...steps.becomeVisitor(),
        {
            content: "A visitor is told that there is no such page",
            trigger: "body:contains(404)",
        },
        {
            content: "And sees nothing of the post",
            trigger: "body:not(:has(h1.o_wblog_post_name))",
        },
    ],
});
