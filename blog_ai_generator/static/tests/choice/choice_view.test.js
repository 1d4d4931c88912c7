import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

class Title extends models.Model {
    name = fields.Char();
    _records = [{id: 1, name: "Bees in June"}];
}

defineMailModels();
defineModels([Title]);

test("cards to choose from have no search bar", async () => {
    await mountView({
        type: "kanban",
        resModel: "title",
        arch: `
            <kanban js_class="blog_ai_choice">
                <templates><t t-name="card"><field name="name"/></t></templates>
            </kanban>`,
    });
    expect(".o_kanban_record:contains(Bees in June)").toHaveCount(1);
    expect(".o_control_panel").toHaveCount(0);
});
