import {expect, test} from "@odoo/hoot";
import {queryText, resize} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

import {mockBus} from "../updates/bus_test_helpers.esm";

class Generation extends models.Model {
    state = fields.Char();
    _records = [{id: 1, state: "writing"}];
    _views = {
        form: `
            <form js_class="blog_ai_generation_form">
                <sheet>
                    <div name="button_box">
                        <button name="cover" type="object" class="oe_stat_button"/>
                    </div>
                    <field name="state"/>
                </sheet>
            </form>`,
        list: `<list><field name="state"/></list>`,
    };
}

const tell = mockBus("blog_ai_generator/generation");

defineMailModels();
defineModels([Generation]);

const open = (type, more = {}) =>
    getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "generation",
        views: [[false, type]],
        ...more,
    });

test("a form that is left before it is read is not read again and again", async () => {
    let reads = 0;
    const isRead = new Deferred();
    onRpc("generation", "web_read", () => {
        reads += 1;
        return isRead;
    });
    await mountWithCleanup(WebClient);
    open("form", {res_id: 1});
    await animationFrame();
    expect(reads).toBe(1);
    await open("list");
    expect(".o_list_view").toHaveCount(1);
    expect(tell.listeners.size).toBe(0);
    await advanceTime(10000);
    isRead.resolve();
    await animationFrame();
    await advanceTime(30000);
    expect(reads).toBe(1);
});

test("a form that is left while it is read again does not lead back", async () => {
    let isRead = null;
    onRpc("generation", "web_read", async ({parent}) => {
        await isRead;
        return parent();
    });
    await mountWithCleanup(WebClient);
    await open("form", {res_id: 1});
    isRead = new Deferred();
    tell({ids: [1]});
    await open("list");
    isRead.reject(makeServerError({errorName: "odoo.exceptions.MissingError"}));
    await animationFrame();
    await animationFrame();
    expect(".o_list_view").toHaveCount(1);
});

test("the buttons that a phone has no room for are in a menu with a name", async () => {
    await resize({width: 390, height: 844});
    await mountWithCleanup(WebClient);
    await open("form", {res_id: 1});
    expect(queryText(".o_button_more")).toBe("More");
});
