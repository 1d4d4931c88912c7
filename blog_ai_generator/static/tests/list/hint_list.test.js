import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

const HINT = "Open one, and link to “Plums”.";

class Post extends models.Model {
    name = fields.Char();
    _records = [{id: 1, name: "Figs"}];
}

defineMailModels();
defineModels([Post]);

const mountList = (domain = []) =>
    mountView({
        type: "list",
        resModel: "post",
        domain,
        context: {blog_ai_hint: HINT},
        noContentHelp: "Nothing is like it.",
        arch: `<list js_class="blog_ai_hint_list"><field name="name"/></list>`,
    });

test("a list says above its rows what to do with them", async () => {
    await mountList();
    expect("[data-blog-ai=hint]").toHaveText(HINT);
    expect(".o_data_row").toHaveCount(1);
});

test("an empty list has nothing to do anything with", async () => {
    await mountList([["name", "=", "Plums"]]);
    expect("[data-blog-ai=hint]").toHaveCount(0);
    expect(".o_view_nocontent").toHaveText("Nothing is like it.");
});
