import {expect, test} from "@odoo/hoot";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getMockEnv,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const ASKED = "BLOG_AI:ASKED";

class Idea extends models.Model {
    name = fields.Char();
    _records = [{id: 1, name: "Lanterns"}];
}

defineMailModels();
defineModels([Idea]);

const mountIdeas = () =>
    mountView({
        type: "list",
        resModel: "idea",
        arch: `<list js_class="blog_ai_ideas"><field name="name"/></list>`,
    });

/** The provider has answered. */
function answer() {
    MockServer.env.idea.create({name: "Hedges"});
    getMockEnv().bus.trigger(ASKED, {provider: 1});
}

test("an idea appears in the list that is open", async () => {
    await mountIdeas();
    answer();
    await animationFrame();
    expect(".o_data_row").toHaveCount(2);
});

test("an answer that comes while the list is read is not missed", async () => {
    let isFirst = true;
    onRpc("web_search_read", async ({parent}) => {
        const found = await parent();
        if (isFirst) {
            isFirst = false;
            answer();
        }
        return found;
    });
    await mountIdeas();
    await animationFrame();
    expect(".o_data_row").toHaveCount(2);
});

test("an answer that comes while rows are awaited leaves them shown", async () => {
    const isRead = new Deferred();
    onRpc("web_search_read", () => isRead);
    await mountIdeas();
    answer();
    isRead.resolve();
    await animationFrame();
    await animationFrame();
    expect(".o_data_row").toHaveCount(2);
});

test("what is ticked stays ticked when ideas come", async () => {
    await mountIdeas();
    await contains(".o_data_row .o_list_record_selector input").click();
    answer();
    await animationFrame();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_data_row_selected").toHaveCount(1);
});
