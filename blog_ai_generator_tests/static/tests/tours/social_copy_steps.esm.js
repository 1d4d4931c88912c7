/** Steps shared by the journeys of the copy for social networks. */

/** @param {string} network @param {string} name in a `data-blog-ai` attribute */
export const part = (network, name = "counter") =>
    `[data-network=${network}] [data-blog-ai=${name}]`;

export const text = (network) => `[data-network=${network}] textarea`;

/**
 * Paste a text in place of the copy. Typed, a long one takes a slow machine a minute:
 * each key is handled, counted and drawn.
 */
export const paste = (network, pasted, content) => ({
    content,
    trigger: text(network),
    run: function () {
        this.anchor.focus();
        this.anchor.select();
        this.anchor.ownerDocument.execCommand("insertText", false, pasted);
    },
});

/** Go from a generation that is done to its post's tab. */
export const openSocial = () => [
    {
        content: "Look at the copy for the networks",
        trigger: ".o_form_view button[name=action_open_social]:enabled",
        run: "click",
    },
    {
        content: "Open the tab",
        trigger: ".o_notebook a[name=social_copy]",
        run: "click",
    },
    ...["x", "bluesky", "mastodon", "linkedin"].map((network) => ({
        content: `The copy for ${network} is there, and not too long`,
        trigger: `${part(network)}[data-too-long=false]`,
    })),
];

export const save = () => [
    {
        content: "Save",
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        content: "It is saved",
        trigger: ".o_form_status_indicator:not(:has(button:visible))",
    },
];

export const writeAgain = (network, proposal) => [
    {
        content: `Have the copy for ${network} written again`,
        trigger: part(network, "write-again"),
        run: "click",
    },
    {
        content: "A proposal stands beside the copy",
        trigger: `.modal [data-blog-ai=proposal]:contains(${proposal})`,
    },
];
