import {expect, test} from "@odoo/hoot";
import {queryOne} from "@odoo/hoot-dom";
import {runAllTimers} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Paste extends models.Model {
    lines = fields.Text({
        onChange: (record) => {
            record.count = (record.lines || "").split("\n").filter(Boolean).length;
        },
    });
    count = fields.Integer();
}

defineMailModels();
defineModels([Paste]);

test("what follows from a text is shown while it is typed", async () => {
    await mountView({
        type: "form",
        resModel: "paste",
        arch: `
            <form>
                <field name="lines" widget="blog_ai_live_text"/>
                <field name="count" readonly="1"/>
            </form>`,
    });
    const type = (text) =>
        contains("[name=lines] textarea").edit(text, {confirm: false});
    await type("One\nTwo\n");
    expect("[name=count]").toHaveText("0");
    await runAllTimers();
    expect("[name=count]").toHaveText("2");
    // The line break at the end is still there for the next line.
    expect(queryOne("[name=lines] textarea").value).toBe("One\nTwo\n");
    expect("[name=lines] textarea").toBeFocused();
});
