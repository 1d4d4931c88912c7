import {expect, test} from "@odoo/hoot";
import {mockDate} from "@odoo/hoot-mock";
import {queryAllAttributes} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

class Slot extends models.Model {
    model = fields.Char();
    available_models = fields.Json();
    _records = [
        {
            id: 1,
            model: "gpt-6",
            available_models: [
                {name: "gpt-4", ends_on: "2026-12-11"},
                {name: "gpt-5", ends_on: "2027-01-14"},
                {name: "gpt-3", ends_on: "2026-11-28"},
                {name: "gpt-6"},
                "by name",
            ],
        },
    ];
}

defineMailModels();
defineModels([Slot]);

test("a model that ends says when, as a date field does", async () => {
    mockDate("2026-11-29 12:00:00");
    await mountView({
        type: "form",
        resModel: "slot",
        resId: 1,
        arch: `<form><field name="model" widget="blog_ai_model"/></form>`,
    });
    expect(queryAllAttributes("datalist option", "label")).toEqual([
        "until Dec 11",
        "until Jan 14, 2027",
        "switched off",
        "",
        "",
    ]);
});
