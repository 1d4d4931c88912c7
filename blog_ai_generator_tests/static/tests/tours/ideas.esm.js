import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const row = (name) => `.o_data_row:contains(${name})`;
const tick = (name) => ({
    content: `Tick ${name}`,
    trigger: `${row(name)} .o_list_record_selector input`,
    run: "click",
});
const SEARCHES = [
    "Top queries,Clicks,Impressions,CTR,Position",
    "slugs on lettuce,12,340,3.5%,8.1",
    "when to sow broad beans,4,910,0.4%,14.2",
];
const topicsLeft = (count) => ({
    content: `The slot says how long ${count} topics last`,
    trigger: `[data-blog-ai=runway]:contains(Topics left: ${count}, enough until)`,
});

registry.category("web_tour.tours").add("blog_ai_ideas", {
    steps: () => [
        ...steps.openSlot("Dry mornings"),
        topicsLeft(1),
        {
            content: "Ask for ideas from there",
            trigger: "[data-blog-ai=runway] button[name=action_ask_ideas]",
            run: "click",
        },
        {
            content: "The slot's blog is proposed",
            trigger: ".modal [name=blog_id] input:value(/^Dry mornings$/)",
        },
        {
            content: "Say what the ideas should be about",
            trigger: ".modal [name=direction] input",
            run: "edit Animals and tools in small gardens",
        },
        {
            content: "Five are enough",
            trigger: ".modal [name=count] input",
            run: "edit 5",
        },
        {
            content: "Add the file of what people searched for",
            trigger: ".modal [name=searches_file] input[type=file]:not(:visible)",
            run: ({anchor}) => {
                const files = new DataTransfer();
                files.items.add(new File([SEARCHES.join("\n")], "Queries.csv"));
                anchor.files = files.files;
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "It says what is in the file",
            trigger: ".modal [name=searches_note]:contains(Searches found: 2.)",
        },
        {
            content: "Ask",
            trigger: ".modal button[name=action_ask]:enabled",
            run: "click",
        },
        {
            content: "Ideas arrive in the list by themselves",
            trigger: row("Lanterns along garden paths"),
            timeout: 30000,
        },
        {
            content: "One that resembles a topic was left out, which is said",
            trigger:
                ".o_notification:contains(New ideas: 4):contains(that you have: 1)",
        },
        {
            content: "The topic that waits is no idea",
            trigger: `.o_list_view:not(:has(${row("Hedgehogs")}))`,
        },
        tick("Cats among seedlings"),
        tick("Lanterns along garden paths"),
        {
            content: "Add both to the queue",
            trigger: ".o_control_panel button[name=action_accept]",
            run: "click",
        },
        {
            content: "It says where they are, and how long they last",
            trigger:
                ".o_notification:contains(2 topics are in the queue of Dry mornings):contains(enough until)",
        },
        {
            content: "They are no ideas any more; the others are",
            trigger: `.o_list_view:not(:has(${row("Cats among seedlings")})) ${row("Rain barrels that never freeze")}`,
        },
        ...steps.openSlot("Dry mornings"),
        topicsLeft(3),
    ],
});
