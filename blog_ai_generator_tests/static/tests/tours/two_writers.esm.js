import {user} from "@web/core/user";
import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const topic = () => `Compost as ${user.name} makes it`;

registry.category("web_tour.tours").add("blog_ai_two_writers_ask", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({
            topic: topic(),
            provider: "Fake LLM, unhurried",
            publish: true,
        }),
        ...steps.write(),
        {
            content: "It is under way, and the writer may leave",
            trigger: ".o_form_view [role=status] [title='In progress']",
        },
    ],
});

registry.category("web_tour.tours").add("blog_ai_two_writers_read", {
    steps: () => [
        ...steps.openGeneration(topic()),
        ...steps.waitUntilDone(),
        {
            content: "The post is in the writer's own name",
            trigger: `.o_form_view [name=user_id]:contains(${user.name})`,
        },
        ...steps.openPost(topic()),
    ],
});
