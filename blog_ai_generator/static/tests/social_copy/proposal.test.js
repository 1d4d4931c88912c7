import {expect, queryOne, test} from "@odoo/hoot";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    onRpc,
} from "@web/../tests/web_test_helpers";

import {mountPost} from "./social_copy_test_helpers.esm";

class Post extends models.Model {
    social_ids = fields.One2many({relation: "social", relation_field: "post_id"});
    _records = [{id: 7, social_ids: [1]}];
}

class Social extends models.Model {
    post_id = fields.Many2one({relation: "post"});
    network = fields.Selection({selection: [["x", "X"]]});
    text = fields.Text();
    link = fields.Char();
    limit = fields.Integer();
    server = fields.Char();
    clicks = fields.Integer();
    _records = [{id: 1, post_id: 7, network: "x", text: "Present", limit: 280}];
}

defineMailModels();
defineModels([Post, Social]);

/** @param {...any} answers texts, errors, or looks at a call, one a call */
function answer(...answers) {
    let next = null;
    onRpc("blog.post.social", "write_again", ({args}) => {
        expect.step(args);
        next = answers.shift();
        if (next instanceof Error) {
            throw next;
        }
        return {id: 3, provider: "OpenAI", provider_id: 1};
    });
    onRpc("blog.ai.ask", "look", async () => {
        const seen = await (typeof next === "function" ? next() : next);
        return seen.state ? seen : {state: "done", text: seen, message: false};
    });
    onRpc("blog.ai.ask", "cancel", ({args}) => {
        expect.step(["cancel", ...args]);
        return true;
    });
}

const TEXT = "[data-network=x] textarea";

/** Let the dialog ask, and look at what has come of it. */
async function look(ms = 200) {
    await animationFrame();
    await advanceTime(ms);
    await animationFrame();
}

async function writeAgain() {
    await contains("[data-blog-ai=write-again]").click();
    await look();
}

test("a proposal stands beside the copy, also beside what is not saved", async () => {
    const written = new Deferred();
    answer(written);
    await mountPost(7);
    await contains(TEXT).edit("Typed");
    await writeAgain();
    expect("[data-blog-ai=present]").toHaveText(/Typed\s+5 \/ 280/);
    expect("[data-blog-ai=writing]").toHaveCount(1);
    expect("[data-blog-ai=use]").not.toBeEnabled();

    written.resolve("Other words");
    await look(0);
    expect("[data-blog-ai=proposal]").toHaveText(/Other words\s+11 \/ 280/);
    expect(TEXT).toHaveValue("Typed");
    expect.verifySteps([[7, "x", "Typed"]]);
});

test("a double click asks once, a click after it again", async () => {
    answer("Second", "Third");
    await mountPost(7);
    const button = queryOne("[data-blog-ai=write-again]");
    button.click();
    button.click();
    await look();
    expect(".modal").toHaveCount(1);
    await contains("[data-blog-ai=keep]").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([[7, "x", "Present"]]);
    await writeAgain();
    expect("[data-blog-ai=proposal]").toHaveText(/Third/);
    expect.verifySteps([[7, "x", "Present"]]);
});

test("it is used when somebody says so, and saved with the post", async () => {
    answer("Other words");
    onRpc("post", "web_save", ({args}) => expect.step(args[1].social_ids));
    await mountPost(7);
    await writeAgain();
    await contains("[data-blog-ai=use]").click();
    expect(".modal").toHaveCount(0);
    expect(TEXT).toHaveValue("Other words");
    expect("[data-network=x] [data-blog-ai=counter]").toHaveText("11 / 280");
    await contains(".o_form_button_save").click();
    expect.verifySteps([[7, "x", "Present"], [[1, 1, {text: "Other words"}]]]);
});

test("the copy is kept when somebody says so, also before the answer is there", async () => {
    const written = new Deferred();
    answer(written);
    await mountPost(7);
    await writeAgain();
    expect("[data-blog-ai=keep]").toHaveText("Cancel");
    await contains("[data-blog-ai=keep]").click();
    written.resolve("Other words");
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect(TEXT).toHaveValue("Present");
    // The answer is not paid for: nobody would read it.
    expect.verifySteps([
        [7, "x", "Present"],
        ["cancel", [3]],
    ]);
});

test("the dialog says whom it waits for, and for how long", async () => {
    let state = "waiting";
    answer(() => (state === "done" ? "Other words" : {state}));
    await mountPost(7);
    await writeAgain();
    await look(1000);
    expect("[data-blog-ai=writing]").toHaveText(
        "Waiting for a free place at OpenAI… 1 s"
    );
    state = "asking";
    await look(1000);
    expect("[data-blog-ai=writing]").toHaveText("OpenAI is writing… 2 s");
    state = "done";
    await look(1000);
    expect("[data-blog-ai=proposal]").toHaveText(/Other words/);
    expect.verifySteps([[7, "x", "Present"]]);
});

/** Check that the dialog shows the message of a failure, and that Retry asks again. */
async function expectRetry(failure, message) {
    answer(failure, "Second");
    await mountPost(7);
    await writeAgain();
    expect("[data-blog-ai=proposal-error]").toHaveText(message);
    expect("[data-blog-ai=use]").not.toBeEnabled();
    expect(TEXT).toHaveValue("Present");
    await contains("[data-blog-ai=another]:contains(Retry)").click();
    await look();
    expect("[data-blog-ai=proposal]").toHaveText(/Second/);
    expect.verifySteps([
        [7, "x", "Present"],
        [7, "x", "Present"],
    ]);
}

test("a call that fails is explained in the dialog", () => {
    const message = "OpenAI takes no more requests until 16:05.";
    return expectRetry({state: "failed", message}, message);
});

test("another proposal differs from the last one", async () => {
    answer("Second", "Third");
    await mountPost(7);
    await writeAgain();
    await contains("[data-blog-ai=another]").click();
    await look();
    expect("[data-blog-ai=proposal]").toHaveText(/Third/);
    expect.verifySteps([
        [7, "x", "Present"],
        [7, "x", "Second"],
    ]);
});

test("an error is a sentence in the dialog, and can be tried again", () => {
    const message = "The credit is used up.";
    return expectRetry(makeServerError({type: "UserError", message}), message);
});

test("a post that is not saved has nothing to announce yet", async () => {
    Social._records[0].post_id = false;
    await mountPost(false);
    expect("[data-blog-ai=write-again]").toHaveCount(0);
});

test("copy is written where there is none", async () => {
    answer("First");
    await mountPost(7);
    await contains(TEXT).edit("");
    expect("[data-blog-ai=write-again]").toHaveText("Write");
    await writeAgain();
    expect("[data-blog-ai=present]").toHaveText(/No text yet/);
    expect.verifySteps([[7, "x", ""]]);
});
