import {expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts, queryOne, resize} from "@odoo/hoot-dom";
import {mockDate} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountView,
    preloadBundle,
} from "@web/../tests/web_test_helpers";

class SlotDay extends models.Model {
    shown_at = fields.Datetime();
    display_name = fields.Char();
    state = fields.Char();
    review_state = fields.Char();
    post_status = fields.Char();
    kind = fields.Selection({
        selection: [
            ["slot", "Daily slot"],
            ["undated", "Draft without a date"],
            ["draft", "Draft"],
            ["published", "Published"],
        ],
    });
    next_topic_id = fields.Many2one({relation: "slot.day"});
    // A month draws an event of two days once, but for the last evening of a week.
    _records = [
        {id: 1, display_name: "Friday", shown_at: "2026-11-27 22:15:00"},
        {id: 2, display_name: "Saturday", shown_at: "2026-11-28 22:59:59"},
        {id: 3, display_name: "Monday", shown_at: "2026-11-22 23:00:00"},
    ];
}

class Plan extends models.Model {
    _name = "blog.ai.plan";

    date = fields.Datetime();
    display_name = fields.Char();
    _records = [
        {id: 1, display_name: "A title of many words", date: "2026-11-24 09:00:00"},
    ];

    idle_note() {
        return "No daily slot takes the topics of Garden (3).";
    }
}

defineMailModels();
defineModels([Plan, SlotDay]);
preloadBundle("web.fullcalendar_lib");

const DAYS = {
    Friday: ["2026-11-27"],
    Saturday: ["2026-11-28"],
    Monday: ["2026-11-23"],
};

/** Return the days on which the calendar draws each slot. */
function drawn() {
    const days = {};
    for (const day of document.querySelectorAll(".fc-day[data-date]")) {
        for (const event of day.querySelectorAll(".fc-event .o_event_title")) {
            const title = event.textContent.trim();
            days[title] = [...(days[title] || []), day.dataset.date];
        }
    }
    return days;
}

for (const scale of ["month", "week"]) {
    test(`what a slot writes before midnight is of one day: ${scale}`, async () => {
        mockDate("2026-11-23 12:00:00", +1);
        await mountView({
            type: "calendar",
            resModel: "slot.day",
            arch: `
                <calendar js_class="blog_ai_calendar" date_start="shown_at"
                    mode="${scale}" hide_time="1" create="0">
                    <field name="shown_at"/>
                </calendar>`,
        });
        expect(drawn()).toEqual(DAYS);
    });
}

test("what is only planned or a draft is hatched, what is approved is not", async () => {
    mockDate("2026-11-23 12:00:00", +1);
    SlotDay._records[0].state = "planned";
    SlotDay._records[1].review_state = "pending";
    SlotDay._records[2].review_state = "approved";
    await mountView({
        type: "calendar",
        resModel: "slot.day",
        arch: `
            <calendar js_class="blog_ai_calendar" date_start="shown_at"
                mode="month" hide_time="1" create="0">
                <field name="state"/>
                <field name="review_state"/>
            </calendar>`,
    });
    expect(queryAllTexts(".o_event_hatched .o_event_title")).toEqual([
        "Friday",
        "Saturday",
    ]);
});

const KINDS = `
    <calendar js_class="blog_ai_calendar" date_start="shown_at" color="kind"
        mode="month" hide_time="1" create="0">
        <field name="kind" filters="1"/>
        <field name="next_topic_id" invisible="1"/>
    </calendar>`;
const mountKinds = () =>
    mountView({type: "calendar", resModel: "slot.day", arch: KINDS});
const colors = (selector) =>
    queryAll(selector).map(
        ({className}) => className.match(/(?:calendar|filter)_color_(\d+)/)[1]
    );

test("a kind has its color, also when another one appears", async () => {
    mockDate("2026-11-23 12:00:00", +1);
    SlotDay._records[0].kind = "published";
    SlotDay._records[1].kind = "published";
    SlotDay._records[2].kind = "published";
    await mountKinds();
    expect(colors(".fc-event")).toEqual(["10", "10", "10"]);
    expect(colors(".o_calendar_filter_item")).toEqual(["10"]);
});

test("an earlier entry of another kind leaves the color as it was", async () => {
    mockDate("2026-11-23 12:00:00", +1);
    SlotDay._records[0].kind = "published";
    SlotDay._records[1].kind = "published";
    SlotDay._records[2].kind = "draft";
    await mountKinds();
    expect(colors(".fc-event")).toEqual(["3", "10", "10"]);
});

test("a day of a slot without a topic is hatched", async () => {
    mockDate("2026-11-23 12:00:00", +1);
    SlotDay._records[0].kind = "slot";
    SlotDay._records[0].next_topic_id = 3;
    SlotDay._records[1].kind = "slot";
    SlotDay._records[1].next_topic_id = false;
    SlotDay._records[2].kind = "draft";
    await mountKinds();
    expect(queryAllTexts(".o_event_hatched .o_event_title")).toEqual(["Saturday"]);
});

test("a draft without a date is hatched", async () => {
    mockDate("2026-11-23 12:00:00", +1);
    SlotDay._records[0].kind = "undated";
    SlotDay._records[1].kind = "draft";
    SlotDay._records[2].kind = "published";
    await mountKinds();
    expect(queryAllTexts(".o_event_hatched .o_event_title")).toEqual(["Friday"]);
    expect(colors(".fc-event")).toEqual(["10", "3", "3"]);
});

test("a draft of a generation is hatched", async () => {
    mockDate("2026-11-23 12:00:00", +1);
    SlotDay._records[0].post_status = "draft";
    SlotDay._records[1].post_status = "approved";
    await mountView({
        type: "calendar",
        resModel: "slot.day",
        arch: `
            <calendar js_class="blog_ai_calendar" date_start="shown_at" mode="month">
                <field name="post_status"/>
            </calendar>`,
    });
    expect(queryAllTexts(".o_event_hatched .o_event_title")).toEqual(["Friday"]);
});

const mountPlan = async () => {
    mockDate("2026-11-23 12:00:00", +1);
    await resize({width: 1366, height: 768});
    await mountView({
        type: "calendar",
        resModel: "blog.ai.plan",
        arch: `
            <calendar js_class="blog_ai_calendar" date_start="date" mode="month"
                hide_time="1" create="0"/>`,
    });
    return queryOne(".o_event_title");
};

test("a line below the calendar says which topics nobody writes", async () => {
    await mountPlan();
    expect(queryAllTexts("[data-blog-ai=note]")).toEqual([
        "No daily slot takes the topics of Garden (3).",
    ]);
    const {bottom} = queryOne(".o_calendar_wrapper").getBoundingClientRect();
    const {top} = queryOne("[data-blog-ai=note]").getBoundingClientRect();
    expect(top).toBeGreaterThan(bottom - 1);
});

test("a title that is too long for its day ends in dots", async () => {
    const {overflow, textOverflow} = getComputedStyle(await mountPlan());
    expect([overflow, textOverflow]).toEqual(["hidden", "ellipsis"]);
});
