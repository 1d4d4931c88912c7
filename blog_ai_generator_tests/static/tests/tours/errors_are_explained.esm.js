import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const topic = (provider) => `Hedges as seen by ${provider}`;
const notes = (provider) => `Beech and hornbeam, for ${provider}`;
const FAULTS = [
    ["Fake LLM, never answers", "took too long to answer"],
    ["Fake LLM, broken", "overloaded or has a problem of its own"],
    ["Fake LLM, malformed", "could not be used"],
    ["Fake LLM, truncated", "was cut off"],
];

registry.category("web_tour.tours").add("blog_ai_errors_are_explained", {
    steps: () =>
        FAULTS.flatMap(([provider, words]) => [
            ...steps.openWizard(),
            ...steps.fillWizard({
                topic: topic(provider),
                notes: notes(provider),
                provider,
                publish: true,
            }),
            ...steps.write(topic(provider)),
            ...steps.waitForError(words),
            {
                content: "What was asked for is still there",
                trigger: `.o_form_view:has([name=notes]:contains(${notes(provider)})) [name=topic]:contains(${topic(provider)})`,
            },
            {
                content: "There is no post to open",
                trigger: ".o_form_view:not(:has([name=action_open_post]))",
            },
            {
                content: "Change something",
                trigger: ".o_form_view button[name=action_write_again]:enabled",
                run: "click",
            },
            {
                content: "The topic need not be typed again",
                trigger: `.modal [name=topic] input:value(${topic(provider)})`,
            },
            {
                content: "Nor the notes",
                trigger: `.modal [name=notes] textarea:value(${notes(provider)})`,
            },
            {
                content: "Leave it as it is",
                trigger: ".modal button[special=cancel]",
                run: "click",
            },
            {
                content: "It can still be tried again",
                trigger:
                    "body:not(:has(.modal)) .o_form_view button[name=action_retry]:enabled",
            },
        ]),
});
