import {beforeEach, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, mockDate} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

import {mockBus} from "./bus_test_helpers.esm";

const HELD = {is_on_hold: true, hold_until: "2026-06-01 12:01:00"};
const FREE = {is_on_hold: false, hold_until: false};

class Provider extends models.Model {
    _name = "blog.ai.provider";
    name = fields.Char();
    is_on_hold = fields.Boolean();
    hold_until = fields.Datetime();
    _records = [
        {id: 1, name: "Box", ...FREE},
        {id: 2, name: "Cloud", ...FREE},
    ];
}

class Generation extends models.Model {
    state = fields.Char();
    state_note = fields.Char();
    provider_id = fields.Many2one({relation: "blog.ai.provider"});
    _records = [
        {id: 1, state: "queued", state_note: "Waiting for its turn.", provider_id: 1},
        {id: 2, state: "done", state_note: "Your post is ready.", provider_id: 1},
    ];
}

class Wizard extends models.Model {
    topic = fields.Char();
    provider_id = fields.Many2one({
        relation: "blog.ai.provider",
        onChange: (record) => {
            const [provider] = MockServer.env["blog.ai.provider"].browse(
                record.provider_id
            );
            record.note = provider?.is_on_hold ? "On hold" : "";
        },
    });
    note = fields.Char();
}

defineMailModels();
defineModels([Provider, Generation, Wizard]);

const tell = mockBus("blog_ai_generator/wait");

beforeEach(() => mockDate("2026-06-01 12:00:00"));

/** The server begins or ends a hold, and says so. */
async function change(values, providers = [1]) {
    MockServer.env["blog.ai.provider"].write([1], values);
    tell({providers});
    await animationFrame();
    await animationFrame();
}

const provider = () =>
    mountView({
        type: "form",
        resModel: "blog.ai.provider",
        resId: 1,
        arch: `
            <form js_class="blog_ai_waiting_form">
                <field name="is_on_hold" invisible="1"/>
                <div class="held" invisible="not is_on_hold">
                    On hold until <field name="hold_until" readonly="1"/>
                </div>
                <field name="name"/>
            </form>`,
    });

function countReads(model) {
    const counter = {reads: 0};
    onRpc(model, "web_read", () => {
        counter.reads += 1;
    });
    return counter;
}

test("the form of a provider shows the begin and the end of its hold", async () => {
    await provider();
    expect(".held").toHaveCount(0);
    await change(HELD);
    expect(".held").toHaveCount(1);
    await change(FREE);
    expect(".held").toHaveCount(0);
});

test("it is loaded for its own hold only, or for all", async () => {
    await provider();
    const counter = countReads("blog.ai.provider");
    await change(HELD, [2]);
    expect(counter.reads).toBe(0);
    await change(HELD, []);
    expect(counter.reads).toBe(1);
});

test("it is loaded once when the hold ends by itself", async () => {
    await provider();
    await change(HELD);
    const counter = countReads("blog.ai.provider");
    MockServer.env["blog.ai.provider"].write([1], {is_on_hold: false});
    await advanceTime(55000);
    expect(counter.reads).toBe(0);
    await advanceTime(10000);
    await animationFrame();
    expect(".held").toHaveCount(0);
    await advanceTime(600000);
    expect(counter.reads).toBe(1);
});

test("what somebody is typing stays", async () => {
    await provider();
    await contains("[name=name] input").edit("Cellar", {confirm: false});
    await change(HELD);
    expect("[name=name] input").toHaveValue("Cellar");
});

const generation = (resId) =>
    mountView({
        type: "form",
        resModel: "generation",
        resId,
        arch: `
            <form js_class="blog_ai_generation_form" edit="0">
                <field name="state"/>
                <field name="provider_id"/>
                <field name="state_note"/>
            </form>`,
    });

test("a post that waits shows at once that its provider is held", async () => {
    await generation(1);
    const counter = countReads("generation");
    MockServer.env.generation.write([1], {state_note: "Waiting until noon"});
    await change(HELD);
    expect("[name=state_note]").toHaveText("Waiting until noon");
    await change(HELD, [2]);
    expect(counter.reads).toBe(1);
});

test("a post that does not wait is not loaded again", async () => {
    await generation(2);
    const counter = countReads("generation");
    await change(HELD);
    expect(counter.reads).toBe(0);
});

test("the form for a post asks again and keeps what was typed", async () => {
    await mountView({
        type: "form",
        resModel: "wizard",
        arch: `
            <form js_class="blog_ai_write">
                <field name="topic"/>
                <field name="provider_id"/>
                <field name="note" readonly="1"/>
            </form>`,
        context: {default_provider_id: 1},
    });
    await contains("[name=topic] input").edit("Pears", {confirm: false});
    await change(HELD);
    expect("[name=note]").toHaveText("On hold");
    expect("[name=topic] input").toHaveValue("Pears");
});
