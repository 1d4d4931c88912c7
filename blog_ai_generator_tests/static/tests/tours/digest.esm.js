import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const tick = (figure) => ({
    content: `Choose the figure ${figure}`,
    trigger: `.o_form_view [name=kpi_blog_ai_${figure}] input`,
    timeout: 30000,
    run: "check",
});

registry.category("web_tour.tours").add("blog_ai_digest", {
    steps: () => [
        tick("published"),
        tick("cost"),
        ...steps.save(),
        {
            content: "Send it",
            trigger: ".o_form_view button[name=action_send_manual]:enabled",
            run: "click",
        },
        {
            content: "It is sent: the next one has another date",
            trigger: ".o_form_view [name=next_run_date]:not(:contains(2099))",
        },
    ],
});
