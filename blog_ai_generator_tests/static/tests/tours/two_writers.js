import { user } from "@web/core/user";
import { registry } from "@web/core/registry";

import * as steps from "./steps";

registry.category("web_tour.tours").add("blog_ai_two_writers", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.fillWizard({
            topic: `Compost as ${user.name} makes it`,
            provider: "Box",
            publish: true,
        }),
        ...steps.write(),
        ...steps.waitUntilDone(),
        {
            content: "The post is in the writer's own name",
            trigger: `.o_form_view [name=user_id]:contains(${user.name})`,
        },
        ...steps.openPost(`Compost as ${user.name} makes it`),
    ],
});
