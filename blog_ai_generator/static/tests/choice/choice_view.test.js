import {expect, test} from "@odoo/hoot";
import {queryAll, resize} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

class Cover extends models.Model {
    name = fields.Char();
    is_offer = fields.Boolean();
    _records = [
        {id: 1, name: "Waves"},
        {id: 2, name: "Rings"},
        {id: 3, name: "Stripes"},
        {id: 4, name: "Dots"},
        {id: 5, name: "Draw others", is_offer: true},
        {id: 6, name: "Make pictures", is_offer: true},
    ];
}

class Title extends models.Model {
    name = fields.Char();
    _records = [{id: 1, name: "Bees in June"}];
}

defineMailModels();
defineModels([Cover, Title]);

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

test("the buttons of a window of covers have a row below the pictures", async () => {
    await resize({width: 1366});
    await mountView({
        type: "kanban",
        resModel: "cover",
        arch: `
            <kanban js_class="blog_ai_choice" class="o_blog_ai_covers">
                <field name="is_offer"/>
                <templates>
                    <t t-name="card">
                        <button t-if="record.is_offer.raw_value" class="o_blog_ai_offer">
                            <field name="name"/>
                        </button>
                        <field t-else="" name="name"/>
                    </t>
                </templates>
            </kanban>`,
    });
    const cards = queryAll(".o_kanban_record:not(.o_kanban_ghost)");
    const places = cards.map((card) => card.getBoundingClientRect());
    const [first, second] = places.slice(-2);
    expect(first.left).toBe(places[0].left);
    expect(first.top).toBeGreaterThan(places[3].bottom - 1);
    expect(second.top).toBe(first.top);
    expect(getComputedStyle(cards[4]).borderTopWidth).toBe("0px");
});
