import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const SLOTS = [
    {name: "Eight sharp", topic: "Lavender for bumblebees", publish: true},
    {name: "Two past eight", topic: "Thyme between flagstones", publish: false},
    {name: "Five past eight", topic: "Sage in heavy soil", publish: true},
];

const lookAt = ({name, topic, publish}) => [
    ...steps.openGeneration(topic),
    {
        content: `The slot “${name}” wrote it`,
        trigger: `.o_form_view:has([data-blog-ai=${publish ? "done" : "review"}]) [name=slot_id]:contains(/^${name}$/)`,
    },
    ...steps.openPost(topic),
    {
        content: publish ? "It is published" : "It is a draft",
        trigger: `.o_website_publish_container:contains(/${publish ? "^Published" : "^Unpublished"}/)`,
    },
];

registry.category("web_tour.tours").add("blog_ai_three_slots_at_once", {
    steps: () => [
        ...steps.openMenu("menu_slot"),
        ...SLOTS.map(({name}) => ({
            content: `“${name}” has written`,
            trigger: `.o_data_row:contains(${name}) [name=last_state]:contains(/^Written$/)`,
        })),
        ...SLOTS.flatMap(lookAt),
        ...steps.becomeVisitor((path) => path.split("/").slice(0, 3).join("/")),
        {
            content: "A visitor finds what two of the slots published",
            trigger: `#o_wblog_index_content:contains(${SLOTS[0].topic}):contains(${SLOTS[2].topic})`,
        },
        {
            content: "And not the draft of the third one",
            trigger: `#o_wblog_index_content:not(:contains(${SLOTS[1].topic}))`,
        },
    ],
});
