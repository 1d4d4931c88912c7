import {describe, expect, globals, test} from "@odoo/hoot";

import {measure, sharedText} from "@blog_ai_generator/networks/measure.esm";
import {NETWORKS} from "@blog_ai_generator/social_copy/share.esm";
import {RULES} from "@blog_ai_generator/networks/rules.esm";

const VECTORS = "/blog_ai_generator/static/tests/networks/vectors.json";

describe.current.tags("headless");

/** Read the file that Python is tested with too, past the mocked `fetch`. */
async function shared() {
    const response = await globals.fetch.call(window, VECTORS);
    return response.json();
}

test("texts are as long as each network says", async () => {
    const {vectors} = await shared();
    expect(vectors.length).toBeGreaterThan(100);
    for (const {network, why, text, times = 1, link, limit, ...expected} of vectors) {
        const {length, excess, isValid} = measure(
            network,
            text.repeat(times),
            link,
            limit
        );
        const {valid = !expected.excess} = expected;
        expect([length, excess, isValid]).toEqual(
            [expected.length, expected.excess, valid],
            {
                message: `${network}: ${why}`,
            }
        );
    }
});

test("every network is counted, and opens its page with the text", async () => {
    const {pages} = await shared();
    const names = pages.map(({network}) => network);
    expect(Object.keys(RULES)).toEqual(names);
    expect(Object.keys(NETWORKS)).toEqual(names);
    for (const {network, text, link, server, address} of pages) {
        const {url} = NETWORKS[network];
        expect(url({text: sharedText(text, link), link, server})).toBe(address);
    }
});

test("a link goes on a line of its own", () => {
    expect(sharedText("Lemons", "https://example.com")).toBe(
        "Lemons\nhttps://example.com"
    );
    expect(sharedText("Lemons")).toBe("Lemons");
    expect(sharedText("", "https://example.com")).toBe("https://example.com");
});
