import {expect, test} from "@odoo/hoot";
import {unload} from "@odoo/hoot-dom";
import {mockSendBeacon} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    hideTab,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Slot extends models.Model {
    blog = fields.Char({default: "Garden", required: true});
    _records = [{id: 1, blog: "Travel"}];
}

defineMailModels();
defineModels([Slot]);

async function mountSlot(resId = false) {
    onRpc("slot", "web_save", () => expect.step("saved"));
    mockSendBeacon(() => {
        expect.step("sent");
        return true;
    });
    await mountView({
        type: "form",
        resModel: "slot",
        resId,
        arch: `<form js_class="blog_ai_slot_form"><field name="blog"/></form>`,
    });
}

test("a new slot that nobody touched is not saved with its page", async () => {
    await mountSlot();
    expect("[name=blog] input").toHaveValue("Garden");
    await hideTab();
    await unload();
    expect.verifySteps([]);
});

test("a new slot that somebody has begun is saved when its page is hidden", async () => {
    await mountSlot();
    await contains("[name=blog] input").edit("Kitchen");
    await hideTab();
    expect.verifySteps(["saved"]);
});

test("a new slot that somebody has begun is saved when its page is closed", async () => {
    await mountSlot();
    await contains("[name=blog] input").edit("Kitchen");
    await unload();
    expect.verifySteps(["sent"]);
});

test("what somebody is typing is saved when its page is closed", async () => {
    await mountSlot();
    await contains("[name=blog] input").fill("Kitchen", {confirm: false});
    await unload();
    expect.verifySteps(["sent"]);
});

test("a change of a slot is saved with its page", async () => {
    await mountSlot(1);
    await contains("[name=blog] input").edit("Kitchen");
    await hideTab();
    expect.verifySteps(["saved"]);
});
