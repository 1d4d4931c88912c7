import {describe, expect, globals, test} from "@odoo/hoot";

import {measure, sharedText} from "@blog_ai_generator/networks/measure.esm";

const VECTORS = "/blog_ai_generator/static/tests/networks/vectors.json";

describe.current.tags("headless");

test("texts are as long as each network says", async () => {
    // Not the mocked one: the file is what Python measures too.
    const response = await globals.fetch.call(window, VECTORS);
    const {vectors} = await response.json();
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

test("a link goes on a line of its own", () => {
    expect(sharedText("Lemons", "https://example.com")).toBe(
        "Lemons\nhttps://example.com"
    );
    expect(sharedText("Lemons")).toBe("Lemons");
    expect(sharedText("", "https://example.com")).toBe("https://example.com");
});
