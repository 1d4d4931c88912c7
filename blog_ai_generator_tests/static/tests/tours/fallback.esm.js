import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const PROVIDER = "Fake LLM, used up";

registry.category("web_tour.tours").add("blog_ai_fallback", {
    steps: () => [
        {
            content: "Open the provider without credit",
            trigger: `.o_data_row td[name=name]:contains(/^${PROVIDER}$/)`,
            run: "click",
        },
        ...steps.choose("fallback_id", "Fake LLM"),
        {
            content: "Save",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_saved",
        },
        ...steps.writePost({topic: "Figs on a wall", provider: PROVIDER}),
        {
            content: "It says who wrote it",
            trigger: ".o_form_view [name=provider_id]:contains(/^Fake LLM$/)",
        },
        {
            content: "And who should have",
            trigger: `.o_form_view [name=fallback_for_id]:contains(${PROVIDER})`,
        },
        steps.attempts(2),
    ],
});
