import {registry} from "@web/core/registry";

import * as steps from "./steps";

const topic = (provider) => `Hedges as seen by ${provider}`;
const FAULTS = [
    ["Box, never answers", "took too long to answer"],
    ["Box, broken", "overloaded or has a problem of its own"],
    ["Box, malformed", "could not be used"],
    ["Box, truncated", "cut off before its end"],
];

registry.category("web_tour.tours").add("blog_ai_errors_are_explained", {
    steps: () =>
        FAULTS.flatMap(([provider, words]) => [
            ...steps.openWizard(),
            ...steps.fillWizard({
                topic: topic(provider),
                provider,
                publish: true,
            }),
            ...steps.write(topic(provider)),
            ...steps.waitForError(words),
            {
                content: "What was asked for is still there",
                trigger: `.o_form_view [name=topic]:contains(${topic(provider)})`,
            },
        ]),
});
