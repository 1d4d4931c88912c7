import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
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

import {mockBus} from "../updates/bus_test_helpers.esm";

class Generation extends models.Model {
    state = fields.Char();
    attempts = fields.Integer();
    _records = [{id: 1, state: "Failed", attempts: 1}];
}

defineMailModels();
defineModels([Generation]);

const tell = mockBus("blog_ai_generator/generation");

const mountList = () =>
    mountView({
        type: "list",
        resModel: "generation",
        arch: `
            <list js_class="blog_ai_generation_list">
                <header>
                    <button name="action_retry" type="object" string="Retry"/>
                </header>
                <field name="state"/>
                <field name="attempts"/>
            </list>`,
    });

/** The server changes the record and says so. */
function change(values) {
    MockServer.env.generation.write([1], values);
    tell({ids: [1]});
}

const select = () => contains(".o_data_row .o_list_record_selector input").click();

async function seen(state) {
    await contains(`.o_data_row [name=state]:contains(${state})`).click();
    expect(".o_data_row [name=state]").toHaveText(state);
}

test("a list shows what has changed", async () => {
    await mountList();
    change({state: "Writing"});
    await seen("Writing");
});

test("a list with a selection waits until it is undone", async () => {
    await mountList();
    await select();
    change({state: "Writing"});
    await animationFrame();
    expect(".o_data_row [name=state]").toHaveText("Failed");
    await select();
    await seen("Writing");
});

test("what changes while a button's reload is on its way is shown after it", async () => {
    const answered = new Deferred();
    onRpc("generation", "action_retry", () => true);
    await mountList();
    await select();
    let isFirst = true;
    onRpc("generation", "web_search_read", async ({parent}) => {
        const result = parent();
        if (isFirst) {
            isFirst = false;
            await answered;
        }
        return result;
    });
    await contains("button[name=action_retry]").click();
    change({state: "Failed again", attempts: 2});
    await animationFrame();
    answered.resolve();
    await seen("Failed again");
});

test("a list in a storm of changes is loaded once a second, one at a time", async () => {
    const answers = [];
    await mountList();
    let loads = 0;
    onRpc("generation", "web_search_read", async ({parent}) => {
        loads += 1;
        const answered = new Deferred();
        answers.push(answered);
        await answered;
        return parent();
    });
    const storm = async () => {
        for (const attempts of [2, 3, 4]) {
            change({attempts});
            await animationFrame();
        }
    };
    await storm();
    expect(loads).toBe(1);
    await advanceTime(3000);
    expect(loads).toBe(1);
    answers[0].resolve();
    await animationFrame();
    await advanceTime(1000);
    expect(loads).toBe(2);
    answers[1].resolve();
    await animationFrame();
    await storm();
    expect(loads).toBe(2);
    await advanceTime(1000);
    expect(loads).toBe(3);
    answers[2].resolve();
    await advanceTime(5000);
    expect(loads).toBe(3);
});

test("what changes while rows are awaited leaves them shown", async () => {
    const isRead = new Deferred();
    onRpc("generation", "web_search_read", () => isRead);
    await mountList();
    change({state: "Writing"});
    isRead.resolve();
    await seen("Writing");
});
