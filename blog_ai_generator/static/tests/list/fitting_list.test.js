import {expect, test} from "@odoo/hoot";
import {queryAll, queryOne, resize} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    MockServer,
    contains,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Topic extends models.Model {
    name = fields.Char();
    blog = fields.Char();
    remark = fields.Char();
    like_id = fields.Many2one({relation: "topic"});
    tries = fields.Integer();
    _records = [
        {
            id: 1,
            name: "A title of many words",
            blog: "Garden",
            remark: "Late",
            like_id: 1,
        },
    ];
}

defineMailModels();
defineModels([Topic]);

const mountList = (jsClass = "blog_ai_list") =>
    mountView({
        type: "list",
        resModel: "topic",
        arch: `
            <list js_class="${jsClass}">
                <field name="name" widget="blog_ai_title" options="{'least': 250}"/>
                <field name="blog" class="blog_ai_desktop" optional="show"/>
                <field name="remark" optional="show"/>
                <field name="like_id" widget="blog_ai_title_of" options="{'least': 120}"/>
            </list>`,
    });

const shown = () => queryAll("th[data-name]").map((header) => header.dataset.name);

function widthOf(name) {
    const header = queryOne(`th[data-name=${name}]`);
    const {paddingLeft, paddingRight} = getComputedStyle(header);
    const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
    return Math.round(header.getBoundingClientRect().width - padding);
}

for (const jsClass of ["blog_ai_list", "blog_ai_generation_list"]) {
    test(`a tablet shows what it has room for: ${jsClass}`, async () => {
        await resize({width: 768});
        await mountList(jsClass);
        expect(shown()).toEqual(["name", "remark", "like_id"]);
    });

    test(`a desktop shows all: ${jsClass}`, async () => {
        await resize({width: 1280});
        await mountList(jsClass);
        expect(shown()).toEqual(["name", "blog", "remark", "like_id"]);
    });
}

test("what somebody chose on a tablet is shown there", async () => {
    await resize({width: 768});
    await mountList();
    await contains(".o_optional_columns_dropdown_toggle").click();
    await contains(".dropdown-item:contains(Blog)").click();
    expect(shown()).toEqual(["name", "blog", "remark", "like_id"]);
    await contains(".dropdown-item:contains(Remark)").click();
    expect(shown()).toEqual(["name", "blog", "like_id"]);
});

for (const [screen, title, like] of [
    [768, 250, 120],
    [1280, 250, 120],
    [1920, 570, 440],
]) {
    test(`titles have ${title} and ${like} px on a screen of ${screen}`, async () => {
        await resize({width: screen});
        await mountList();
        expect(["name", "like_id"].map(widthOf)).toEqual([title, like]);
    });
}

const mountSparse = () =>
    mountView({
        type: "list",
        resModel: "topic",
        arch: `
            <list js_class="blog_ai_list">
                <field name="name" widget="blog_ai_title" options="{'least': 250, 'most': 600}"/>
                <field name="blog" class="blog_ai_varied" optional="show"/>
                <field name="remark" class="blog_ai_filled" optional="show"/>
                <field name="like_id" class="blog_ai_varied" optional="show"/>
                <field name="tries" class="blog_ai_repeated" optional="show"/>
            </list>`,
    });

test("a column that is empty or the same in all rows is hidden", async () => {
    Topic._records = [
        {id: 1, name: "Figs", blog: "Garden", like_id: 1},
        {id: 2, name: "Quinces", blog: "Garden", like_id: 1},
    ];
    await mountSparse();
    expect(shown()).toEqual(["name"]);
});

for (const [tries, columns] of [
    [1, ["name"]],
    [2, ["name", "tries"]],
]) {
    test(`a column of numbers above one is shown: ${tries}`, async () => {
        Topic._records = [{id: 1, name: "Figs", tries}];
        await mountSparse();
        expect(shown()).toEqual(columns);
    });
}

test("a column that one row needs is shown", async () => {
    Topic._records = [
        {id: 1, name: "Figs", blog: "Garden", remark: "Late", like_id: 1},
        {id: 2, name: "Quinces", blog: "Travel", like_id: 2},
    ];
    await mountSparse();
    expect(shown()).toEqual(["name", "blog", "remark", "like_id"]);
});

test("a hidden column is shown once somebody chooses it", async () => {
    await mountSparse();
    expect(shown()).toEqual(["name", "remark"]);
    await contains(".o_optional_columns_dropdown_toggle").click();
    await contains(".dropdown-item:contains(Blog)").click();
    expect(shown()).toEqual(["name", "blog", "remark"]);
});

test("a column that is hidden for its rows comes back for others", async () => {
    await mountSparse();
    await contains(".o_optional_columns_dropdown_toggle").click();
    await contains(".dropdown-item:contains(Remark)").click();
    expect(shown()).toEqual(["name"]);
    MockServer.env.topic.create([{name: "Quinces", blog: "Travel", like_id: 1}]);
    await contains("th[data-name=name]").click();
    expect(shown()).toEqual(["name", "blog"]);
});

test("a title takes the room that it needs and others leave", async () => {
    const name = "A title of many words ".repeat(3);
    Topic._records = [{id: 1, name, blog: "Garden"}];
    await resize({width: 1280});
    await mountSparse();
    const cell = queryOne(".o_data_row td[name=name]");
    expect(cell.scrollWidth).toBe(cell.clientWidth);
    expect(widthOf("name")).toBeGreaterThan(250);
});

test("a second click on a button of a row opens no record", async () => {
    await mountView({
        type: "list",
        resModel: "topic",
        arch: `
            <list js_class="blog_ai_list">
                <field name="name"/>
                <button name="propose" type="object" string="Propose"/>
            </list>`,
        selectRecord: (id) => expect.step(`open ${id}`),
    });
    // The first click has disabled the button, so the cell gets the second one.
    await contains(".o_data_row .o_list_button").click();
    expect.verifySteps([]);
    await contains(".o_data_row [name=name]").click();
    expect.verifySteps(["open 1"]);
});
