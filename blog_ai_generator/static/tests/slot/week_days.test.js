import {click, queryFirst, queryOne} from "@odoo/hoot-dom";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";

class Slot extends models.Model {
    sun = fields.Boolean();
    mon = fields.Boolean();
    tue = fields.Boolean();
    wed = fields.Boolean();
    thu = fields.Boolean();
    fri = fields.Boolean();
    sat = fields.Boolean();
    _records = [{id: 1}];
}

defineMailModels();
defineModels([Slot]);

const BOX = ".o_recurrent_weekdays td:first-child input";

async function mountDays() {
    await mountView({
        type: "form",
        resModel: "slot",
        resId: 1,
        arch: `<form><widget name="blog_ai_week_days"/></form>`,
    });
    return queryFirst(".o_recurrent_weekdays td");
}

test("a day is chosen by its whole cell, which a thumb hits", async () => {
    const cell = await mountDays();
    const {left, top} = cell.getBoundingClientRect();
    await click(document.elementFromPoint(left + 4, top + 4));
    await animationFrame();
    expect(BOX).toBeChecked();
});

test("the box of a day is below its name", async () => {
    const cell = await mountDays();
    const middle = (it) => {
        const {left, width} = it.getBoundingClientRect();
        return left + width / 2;
    };
    expect(Math.abs(middle(queryOne(BOX)) - middle(cell))).toBeLessThan(4);
});

test("a day is chosen by its name", async () => {
    await mountDays();
    const name = queryFirst(".o_recurrent_weekdays th");
    const {left, top} = name.getBoundingClientRect();
    await click(document.elementFromPoint(left + 4, top + 4));
    await animationFrame();
    expect(BOX).toBeChecked();
    await click(name.querySelector("label"));
    await animationFrame();
    expect(BOX).not.toBeChecked();
});

test("a box has the name of its day for screen readers, once", async () => {
    await mountDays();
    const names = [...queryOne(BOX).labels].map((label) => label.textContent.trim());
    expect(names.filter(Boolean)).toEqual(["Sun"]);
});
