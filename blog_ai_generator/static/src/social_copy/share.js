/**
 * Where each network takes a text that somebody wants to send.
 *
 * @typedef {Object} Network
 * @property {string} name
 * @property {boolean} takesText or its page takes the link alone
 * @property {boolean} needsServer
 * @property {(shared: { text: string, link: string, server: string }) => string} url
 */

/** A space is %20: not every page reads + as one. */
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
