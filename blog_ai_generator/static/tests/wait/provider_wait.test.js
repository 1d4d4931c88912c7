import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

class Provider extends models.Model {
    _name = "blog.ai.provider";
    name = fields.Char();
    is_on_hold = fields.Boolean();
    hold_until = fields.Datetime();
    _records = [{id: 1, name: "Box"}];
    _views = {
        form: `
            <form js_class="blog_ai_provider_form">
                <field name="name"/>
                <field name="is_on_hold"/>
                <field name="hold_until"/>
            </form>`,
    };
}

defineMailModels();
defineModels([Provider]);

const WAIT = "[data-blog-ai=provider-wait]";
const ASKED = {id: 3, provider: "OpenAI", provider_id: 1};

async function run() {
    const action = {type: "ir.actions.client", tag: "blog_ai_ask", params: ASKED};
    await getService("action").doAction(action);
}

/** Press a button, whose call is seen as `seen` until that is changed. */
async function press(seen) {
    onRpc("blog.ai.ask", "look", () => {
        if (seen.error) {
            throw seen.error;
        }
        return {...seen};
    });
    onRpc("blog.ai.ask", "cancel", ({args}) => {
        expect.step(args);
        return true;
    });
    await mountWithCleanup(WebClient);
    await run();
}

async function wait(ms) {
    await advanceTime(ms);
    await animationFrame();
}

test("a call says whom it waits for and for how long, then what came of it", async () => {
    const seen = {state: "waiting", message: false, text: false};
    await press(seen);
    await wait(500);
    expect(WAIT).toHaveCount(0);
    await wait(1500);
    expect(WAIT).toHaveText(/Waiting for a free place at OpenAI… 2 s/);
    // Screen readers do not read out each second.
    expect(`${WAIT} [role=timer]`).toHaveText("2 s");
    seen.state = "asking";
    await wait(10000);
    expect(WAIT).toHaveText(/Asking OpenAI… 12 s/);
    Object.assign(seen, {state: "done", message: "OpenAI answered."});
    await wait(1000);
    expect(WAIT).toHaveCount(0);
    expect(".o_notification").toHaveText(/OpenAI answered\./);
});

test("a failure stays on the screen until somebody has read it", async () => {
    await press({state: "failed", message: "The key is not valid.", text: false});
    await wait(200);
    expect(".o_notification").toHaveText(/The key is not valid\./);
    await wait(60000);
    expect(".o_notification").toHaveCount(1);
});

test("the next call takes the failure of the last one away", async () => {
    const seen = {state: "failed", message: "The key is not valid.", text: false};
    await press(seen);
    await wait(200);
    Object.assign(seen, {state: "asking"});
    await run();
    await wait(200);
    expect(".o_notification").toHaveCount(0);
    Object.assign(seen, {state: "failed", message: "Credit is used up."});
    await wait(1000);
    expect(".o_notification").toHaveText(/Credit is used up\./);
    expect(".o_notification").toHaveCount(1);
});

test("saving a provider takes the failure of its call away", async () => {
    await press({state: "failed", message: "The key is not valid.", text: false});
    await wait(200);
    const form = {type: "ir.actions.act_window", res_model: "blog.ai.provider"};
    await getService("action").doAction({...form, res_id: 1, views: [[false, "form"]]});
    await contains("[name=name] input").edit("Cloud");
    expect(".o_notification").toHaveCount(1);
    await contains(".o_form_button_save").click();
    await animationFrame();
    expect(".o_notification").toHaveCount(0);
});

test("the form of the provider says once how a test of it failed", async () => {
    const seen = {state: "failed", message: "Enter a key in the settings."};
    await press({state: "asking"});
    onRpc("blog.ai.ask", "look", () => ({...seen}));
    const form = {type: "ir.actions.act_window", res_model: "blog.ai.provider"};
    await getService("action").doAction({...form, res_id: 1, views: [[false, "form"]]});
    Object.assign(seen, {here: "Enter a key here.", is_noted: true});
    await wait(1000);
    expect(WAIT).toHaveCount(0);
    expect(".o_notification").toHaveCount(0);
    // A message that the form does not show is said beside it, in words that fit there.
    seen.is_noted = false;
    await run();
    await wait(200);
    expect(".o_notification").toHaveText(/Enter a key here\./);
    expect(".o_notification").toHaveCount(1);
    // Nor does it show anything while somebody types into it.
    await contains("[name=name] input").edit("Cloud");
    seen.is_noted = true;
    await run();
    await wait(200);
    expect(".o_notification").toHaveText(/Enter a key in the settings\./);
});

test("cancel ends the call and says nothing", async () => {
    await press({state: "asking", message: false, text: false});
    await wait(2000);
    await contains("[data-blog-ai=cancel-ask]").click();
    expect(WAIT).toHaveCount(0);
    await wait(2000);
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps([[[3]]]);
});

test("a look that was on its way when cancel was clicked shows nothing", async () => {
    const isSeen = new Deferred();
    onRpc("blog.ai.ask", "look", () => isSeen);
    onRpc("blog.ai.ask", "cancel", () => true);
    await mountWithCleanup(WebClient);
    await run();
    await wait(2000);
    await contains("[data-blog-ai=cancel-ask]").click();
    isSeen.resolve({state: "done", message: "OpenAI answered.", text: false});
    await wait(2000);
    expect(WAIT).toHaveCount(0);
    expect(".o_notification").toHaveCount(0);
});

test("a second click shows the same call once", async () => {
    await press({state: "asking", message: false, text: false});
    await run();
    await wait(2000);
    expect(WAIT).toHaveCount(1);
});

const LOST = {state: "failed", message: "The server stopped.", is_lost: true};

/** Ask, and let the database be away for a while. */
async function pressAndGoAway(seen) {
    await press(Object.assign(seen, {state: "asking", message: false, text: false}));
    const errorName = "psycopg2.OperationalError";
    seen.error = makeServerError({errorName, message: "The database is shutting down"});
    await wait(20000);
    expect(".o_notification").toHaveCount(0);
    expect(WAIT).toHaveText(/20 s/);
    Object.assign(seen, {...LOST, error: null});
    await wait(2000);
    expect(".o_notification").toHaveCount(0);
}

test("an answer that waited for the database is shown once that is back", async () => {
    const seen = {};
    await pressAndGoAway(seen);
    Object.assign(seen, {state: "done", message: "OpenAI answered.", is_lost: false});
    await wait(1000);
    expect(".o_notification").toHaveText(/OpenAI answered\./);
});

test("what was lost with its server is soon said once the database is back", async () => {
    await pressAndGoAway({});
    await wait(5000);
    expect(".o_notification").toHaveText(/The server stopped\./);
});

const serverError = (errorName, message) => ({
    state: "asking",
    error: makeServerError({errorName, message}),
});

for (const name of [
    "psycopg2.OperationalError",
    "psycopg2.InterfaceError",
    "psycopg2.DatabaseError",
    "psycopg2.pool.PoolError",
    "psycopg2.errors.AdminShutdown",
    "psycopg2.errors.SerializationFailure",
]) {
    test(`it looks again after what passes: ${name}`, async () => {
        const seen = serverError(name, "The connection was closed");
        await press(seen);
        await wait(20000);
        expect(WAIT).toHaveText(/20 s/);
        Object.assign(seen, {error: null, state: "done", message: "OpenAI answered."});
        await wait(1000);
        expect(".o_notification").toHaveText(/OpenAI answered\./);
    });
}

for (const [name, message, said] of [
    [
        "psycopg2.errors.UndefinedColumn",
        'column "is_seen" does not exist\nLINE 1: SELECT',
        /^Odoo cannot read the answer\. Ask an administrator to look into the log\.$/,
    ],
    [
        "builtins.KeyError",
        "'is_seen'",
        /^Odoo cannot read the answer\. Ask an administrator to look into the log\.$/,
    ],
    [
        "odoo.exceptions.MissingError",
        "Record does not exist or has been deleted.\n(Record: blog.ai.ask(3,))",
        /^The call is no longer on record\. Try again\.$/,
    ],
    [
        "odoo.exceptions.AccessError",
        "Only the person who asked may look.",
        /^Only the person who asked may look\.$/,
    ],
]) {
    test(`it ends with a sentence after what does not pass: ${name}`, async () => {
        await press(serverError(name, message));
        await wait(1000);
        expect(WAIT).toHaveCount(0);
        expect(".o_notification_content").toHaveText(said);
    });
}
