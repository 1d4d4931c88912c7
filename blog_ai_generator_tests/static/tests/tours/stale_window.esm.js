import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

import * as steps from "./steps.esm";

const call = (model, method, ...args) =>
    rpc(`/web/dataset/call_kw/${model}/${method}`, {model, method, args, kwargs: {}});

/** Press the button of the same window, as a second browser tab has it open. */
async function decideElsewhere(topic, button) {
    const [generation] = await call("blog.ai.generation", "search", [
        ["topic", "=", topic],
    ]);
    const window = await call("blog.ai.approve", "create", {generation_id: generation});
    await call("blog.ai.approve", button, [window]);
}

/** Click a button of the open window after another window has been quicker. */
const clickTooLate = (topic, button, sentence) => [
    {
        content: "Another window is quicker",
        trigger: `.modal button[name=${button}]:enabled`,
        run: () => decideElsewhere(topic, button),
    },
    {
        content: "The form behind this window has heard of it",
        trigger:
            ".o_form_view [data-blog-ai=done]:contains(/visitors can see it|published it/)",
    },
    {
        content: "This window still has its button",
        trigger: `.modal button[name=${button}]:enabled`,
        run: "click",
    },
    {
        content: "A note says that the draft is published, or who has approved it",
        trigger: `.o_notification:contains(${sentence})`,
    },
    {
        content: "The window is closed, and the form offers the decision no more",
        trigger: `body:not(:has(.modal)) .o_form_view:not(:has(button[name=${button}])) [data-blog-ai=done]`,
    },
];

const PUBLISHED = "Swedes for a late soup";

registry.category("web_tour.tours").add("blog_ai_published_elsewhere", {
    steps: () => [
        ...steps.writePost({topic: PUBLISHED, provider: "Fake LLM", publish: false}),
        {
            content: "Open the window that publishes it",
            trigger: "[data-blog-ai=done] button[name=action_publish]:enabled",
            run: "click",
        },
        ...clickTooLate(
            PUBLISHED,
            "action_publish",
            "This post is already published: there is nothing left to do."
        ),
    ],
});

const APPROVED = "Leeks that stand the frost";

registry.category("web_tour.tours").add("blog_ai_approved_elsewhere", {
    steps: () => [
        ...steps.runSlot("Leeks"),
        ...steps.waitUntilDone(),
        {
            content: "Open the window that approves it",
            trigger: "[data-blog-ai=review] button[name=action_approve]:enabled",
            run: "click",
        },
        ...clickTooLate(
            APPROVED,
            "action_approve",
            "has already reviewed this draft: it is approved."
        ),
    ],
});
