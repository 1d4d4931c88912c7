import {beforeEach, expect, test} from "@odoo/hoot";
import {click, edit, fill, queryOne, queryText} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

import {browser} from "@web/core/browser/browser";
import {mountPost} from "./social_copy_test_helpers.esm";
import {serverIn} from "@blog_ai_generator/social_copy/mastodon_server.esm";

const LINK = "https://example.com/blog/lemons-1";

class Post extends models.Model {
    social_ids = fields.One2many({relation: "social", relation_field: "post_id"});
    _records = [{id: 1, social_ids: [1, 2, 3]}];
}

class Social extends models.Model {
    post_id = fields.Many2one({relation: "post"});
    network = fields.Selection({
        selection: [
            ["x", "X"],
            ["mastodon", "Mastodon"],
            ["linkedin", "LinkedIn"],
        ],
    });
    text = fields.Text();
    link = fields.Char();
    limit = fields.Integer();
    server = fields.Char();
    clicks = fields.Integer();
    _records = [
        {
            id: 1,
            post_id: 1,
            network: "x",
            text: "a".repeat(256),
            link: LINK,
            limit: 280,
        },
        {
            id: 2,
            post_id: 1,
            network: "mastodon",
            text: "Lemons & pots",
            link: LINK,
            limit: 40,
        },
        {
            id: 3,
            post_id: 1,
            network: "linkedin",
            text: "Lemons",
            link: LINK,
            limit: 3000,
        },
    ];
}

defineMailModels();
defineModels([Post, Social]);

beforeEach(() => {
    patchWithCleanup(browser.navigator.clipboard, {
        writeText: async (text) => expect.step(`copy ${text}`),
    });
    patchWithCleanup(browser, {open: (url) => expect.step(`open ${url}`)});
});

const part = (network, name) => `[data-network=${network}] [data-blog-ai=${name}]`;

test("the counter follows what is typed, turns red and back", async () => {
    await mountPost(1);
    expect(part("x", "counter")).toHaveText("280 / 280 with the link");
    expect(part("x", "counter")).toHaveAttribute("data-too-long", "false");

    await click("[data-network=x] textarea");
    await edit("a".repeat(258));
    await animationFrame();
    expect(part("x", "counter")).toHaveText(
        "282 / 280 with the link: cut 2 characters to send it"
    );
    expect("[data-network=x]").toHaveAttribute("data-too-long", "true");
    expect(part("x", "counter")).toHaveClass("text-danger");
    expect(part("x", "copy")).not.toBeEnabled();
    expect(part("x", "open")).not.toBeEnabled();

    await edit("a".repeat(257));
    await animationFrame();
    expect(part("x", "counter")).toHaveText(
        "281 / 280 with the link: cut 1 character to send it"
    );

    await edit("Short");
    await animationFrame();
    expect(part("x", "counter")).toHaveText("29 / 280 with the link");
    expect(part("x", "counter")).not.toHaveClass("text-danger");
    expect(part("x", "copy")).toBeEnabled();
});

test("each link says how often it was clicked", async () => {
    Social._records[0].clicks = 2;
    Social._records[1].clicks = 1;
    await mountPost(1);
    expect(part("x", "clicks")).toHaveText("2 clicks");
    expect(part("mastodon", "clicks")).toHaveText("1 click");
    expect(part("linkedin", "clicks")).toHaveText("no clicks yet");
});

test("what is typed in a card is saved with the post", async () => {
    onRpc("post", "web_save", ({args}) => expect.step(args[1].social_ids));
    await mountPost(1);
    await contains("[data-network=x] textarea").edit("Short");
    await contains(".o_form_button_save").click();
    expect.verifySteps([[[1, 1, {text: "Short"}]]]);
    expect(part("x", "counter")).toHaveText("29 / 280 with the link");
});

test("a text counts by the limit of its server", async () => {
    await mountPost(1);
    expect(part("mastodon", "counter")).toHaveText("37 / 40 with the link");
});

test("copying takes what is typed, and its link", async () => {
    await mountPost(1);
    await click("[data-network=linkedin] textarea");
    await fill(" in pots");
    await contains(part("linkedin", "copy")).click();
    expect.verifySteps([`copy Lemons in pots\n${LINK}`]);
    expect(queryText(".o_notification")).toMatch(/LinkedIn was copied/);
});

test("where the browser forbids to copy, somebody is told what to do", async () => {
    patchWithCleanup(browser.navigator.clipboard, {
        writeText: async () => {
            throw new DOMException("", "NotAllowedError");
        },
    });
    await mountPost(1);
    await contains(part("linkedin", "copy")).click();
    expect(queryText(".o_notification")).toMatch(/Select the text and copy it/);
});

test("LinkedIn gets the link, and the text by the clipboard", async () => {
    await mountPost(1);
    await contains(part("linkedin", "open")).click();
    expect.verifySteps([
        `copy Lemons\n${LINK}`,
        `open https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(LINK)}`,
    ]);
});

test("X gets text and link", async () => {
    await mountPost(1);
    await contains("[data-network=x] textarea").edit("Lemons & pots");
    await contains(part("x", "open")).click();
    const text = encodeURIComponent(`Lemons & pots\n${LINK}`);
    expect.verifySteps([`open https://x.com/intent/post?text=${text}`]);
});

test("Mastodon's server is asked for once, and can be changed", async () => {
    await mountPost(1);
    await contains(part("mastodon", "open")).click();
    await contains(".modal input").edit("nonsense", {confirm: false});
    await contains(".modal button[type=submit]").click();
    expect(".modal input").toHaveClass("is-invalid");
    expect(".modal input").toHaveAttribute("aria-invalid", "true");
    expect(".modal input").toBeFocused();
    const reason = queryOne(".modal input").getAttribute("aria-describedby");
    expect(`#${reason}`).toHaveText(/This is not a server name/);
    expect.verifySteps([]);

    await contains(".modal input").edit("https://Pots.example/@me", {confirm: false});
    await contains(".modal button[type=submit]").click();
    const text = encodeURIComponent(`Lemons & pots\n${LINK}`);
    expect.verifySteps([`open https://pots.example/share?text=${text}`]);

    await contains(part("mastodon", "open")).click();
    expect.verifySteps([`open https://pots.example/share?text=${text}`]);

    await contains(part("mastodon", "server")).click();
    expect(queryOne(".modal input")).toHaveValue("pots.example");
    await contains(".modal input").edit("me@trees.example", {confirm: false});
    await contains(".modal button[type=submit]").click();
    expect(part("mastodon", "server")).toHaveText("trees.example");
    expect.verifySteps([]);
});

test("the company's server of Mastodon is taken until somebody chooses another", async () => {
    Social._records[1].server = "company.example";
    await mountPost(1);
    expect(part("mastodon", "server")).toHaveText("company.example");
    await contains(part("mastodon", "open")).click();
    const text = encodeURIComponent(`Lemons & pots\n${LINK}`);
    expect.verifySteps([`open https://company.example/share?text=${text}`]);

    await contains(part("mastodon", "server")).click();
    expect(queryOne(".modal input")).toHaveValue("company.example");
    await contains(".modal input").edit("trees.example", {confirm: false});
    await contains(".modal button[type=submit]").click();
    await contains(part("mastodon", "open")).click();
    expect.verifySteps([`open https://trees.example/share?text=${text}`]);
});

test("a post without address is not opened anywhere", async () => {
    Social._records[2].link = false;
    await mountPost(1);
    expect(part("linkedin", "open")).not.toBeEnabled();
    expect(part("linkedin", "link")).toHaveCount(0);
    expect(part("linkedin", "counter")).toHaveText("6 / 3000");
});

test.tags("headless");
test("a server is found in what people type", () => {
    for (const [typed, server] of [
        ["mastodon.example", "mastodon.example"],
        [" https://Mastodon.example/@me ", "mastodon.example"],
        ["@me@mastodon.example", "mastodon.example"],
        ["http://mastodon.example:3000/", "mastodon.example:3000"],
        ["mastodon", ""],
        ["", ""],
        ["two words.example", ""],
        ["javascript:alert(1)", ""],
    ]) {
        expect(serverIn(typed)).toBe(server, {message: typed});
    }
});
