/**
 * The page of each network on which a user sends a text.
 *
 * @typedef {Object} Network
 * @property {string} name
 * @property {boolean} takesText false if the page only accepts the link
 * @property {boolean} needsServer
 * @property {(shared: { text: string, link: string, server: string }) => string} url
 */

/** Encode spaces as %20, because not every page decodes + as a space. */
function address(page, query) {
    const pairs = Object.entries(query).map(
        ([key, value]) => `${key}=${encodeURIComponent(value)}`
    );
    return `${page}?${pairs.join("&")}`;
}

/** @type {Object<string, Network>} */
export const NETWORKS = {
    x: {
        name: "X",
        takesText: true,
        url: ({text}) => address("https://x.com/intent/post", {text}),
    },
    bluesky: {
        name: "Bluesky",
        takesText: true,
        url: ({text}) => address("https://bsky.app/intent/compose", {text}),
    },
    mastodon: {
        name: "Mastodon",
        takesText: true,
        needsServer: true,
        url: ({text, server}) => address(`https://${server}/share`, {text}),
    },
    linkedin: {
        name: "LinkedIn",
        takesText: false,
        url: ({link}) =>
            address("https://www.linkedin.com/sharing/share-offsite/", {url: link}),
    },
};
