import {CalendarController} from "@web/views/calendar/calendar_controller";
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {calendarView} from "@web/views/calendar/calendar_view";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const PLAN = "blog.ai.plan";

// Colors of Odoo's palette, those of the badges in the list of the same entries. Core
// would color a kind by its turn, and so each kind anew when another one appears.
const COLORS = {
    topic: 5,
    slot: 4,
    missed: 1,
    undated: 3,
    draft: 3,
    approved: 8,
    published: 10,
};

/**
 * A calendar of posts. Core gives an event without an end one hour, which may reach into
 * the next day, so it is cut at midnight. Planned posts, drafts of generations, drafts
 * without a date and days without a topic are hatched, as uncertain events are in Odoo's
 * own calendars.
 */
export class BlogAiCalendarModel extends CalendarModel {
    async updateData(data) {
        const isPlan = this.meta.resModel === PLAN;
        [data.note] = await Promise.all([
            isPlan && this.orm.call(PLAN, "idle_note", []),
            super.updateData(data),
        ]);
    }

    normalizeRecord(rawRecord) {
        const record = super.normalizeRecord(rawRecord);
        record.end = DateTime.min(record.end, record.start.endOf("day"));
        const {kind, next_topic_id: topic, post_status: post, state} = rawRecord;
        const isDraft = rawRecord.review_state === "pending" || post === "draft";
        record.colorIndex = COLORS[kind] || record.colorIndex;
        record.isHatched =
            state === "planned" ||
            isDraft ||
            kind === "undated" ||
            (kind === "slot" && !topic);
        return record;
    }

    /** Show an entry where it was again, if the server refuses to move it. */
    async updateRecord(...args) {
        try {
            return await super.updateRecord(...args);
        } catch (error) {
            await this.load();
            throw error;
        }
    }
}

/** Has a place below the calendar for a sentence about what is not in it. */
export class BlogAiCalendarController extends CalendarController {
    static template = "blog_ai_generator.CalendarController";
}

// The style sheet selects the calendar by a class made from this name.
registry.category("views").add("blog_ai_calendar", {
    ...calendarView,
    Controller: BlogAiCalendarController,
    Model: BlogAiCalendarModel,
});
