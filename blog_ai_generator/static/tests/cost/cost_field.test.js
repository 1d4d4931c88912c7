import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryText} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    checkLegend,
    checkTooltip,
    getScaleY,
    setupChartJsForTests,
} from "@web/../tests/views/graph/graph_test_helpers";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

import {costDigits} from "@blog_ai_generator/cost/cost_field.esm";

class Call extends models.Model {
    cost = fields.Float({string: "Cost"});
    provider = fields.Char();
    currency_id = fields.Many2one({relation: "currency"});
    _records = [
        {id: 1, cost: 0.001234, currency_id: 1, provider: "OpenAI"},
        {id: 2, cost: 0, currency_id: 1, provider: "OpenAI"},
        {id: 3, cost: 12.3456, currency_id: 1},
    ];
}

class Currency extends models.Model {
    name = fields.Char();
    _records = [
        {id: 1, name: "USD"},
        {id: 2, name: "EUR"},
    ];
}

defineMailModels();
defineModels([Call, Currency]);
setupChartJsForTests();

const mountList = () =>
    mountView({
        type: "list",
        resModel: "call",
        arch: `
            <list js_class="blog_ai_list">
                <field name="cost" widget="blog_ai_cost" sum="Cost"/>
                <field name="currency_id"/>
            </list>`,
    });

test("costs have two to four significant digits, and a sum", async () => {
    await mountList();
    expect(queryAllTexts(".o_data_row td[name=cost]")).toEqual([
        "0.0012",
        "0",
        "12.35",
    ]);
    expect(queryText("tfoot .o_list_number")).toBe("12.35");
});

test("a cost has its currency where the view has no room for a column", async () => {
    Call._records[1].currency_id = 2;
    await mountView({
        type: "list",
        resModel: "call",
        arch: `
            <list js_class="blog_ai_list">
                <field name="cost" widget="blog_ai_cost"
                    options="{'currency_field': 'currency_id'}"/>
                <field name="currency_id" optional="hide"/>
            </list>`,
    });
    expect(queryAllTexts(".o_data_row td[name=cost]")).toEqual([
        "0.0012 USD",
        "0 EUR",
        "12.35 USD",
    ]);
});

test("costs in several currencies have no sum", async () => {
    Call._records[1].currency_id = 2;
    await mountList();
    expect("tfoot .o_list_number").toHaveCount(0);
});

test("the digits follow the amount", () => {
    const amounts = [0, 0.0000041, 0.00123, 0.5, 1.234, 12.345, 123.4, 98765.4];
    expect(amounts.map(costDigits)).toEqual([0, 6, 4, 2, 2, 2, 1, 0]);
});

test("a graph shows few digits, and the currency beside each amount", async () => {
    const view = await mountView({
        type: "graph",
        resModel: "call",
        arch: `
            <graph stacked="1">
                <field name="currency_id"/>
                <field name="provider"/>
                <field name="cost" type="measure" widget="blog_ai_cost"/>
            </graph>`,
        domain: [["cost", "<", 1]],
    });
    expect([0, 0.0002, 12.5].map(getScaleY(view).ticks.callback)).toEqual([
        "0",
        "0.00020",
        "12.50",
    ]);
    checkLegend(view, ["OpenAI"]);
    checkTooltip(
        view,
        {title: "Cost", lines: [{label: "USD / OpenAI", value: "0.0012"}]},
        0
    );
});
