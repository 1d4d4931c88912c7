import {CalendarModel} from "@web/views/calendar/calendar_model";
import {calendarView} from "@web/views/calendar/calendar_view";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;

/**
 * A calendar of posts. Core gives an event without an end one hour, which may reach into
 * the next day, so it is cut at midnight. Planned posts and posts to review are hatched,
 * as uncertain events are in Odoo's own calendars.
 */
export class BlogAiCalendarModel extends CalendarModel {
    normalizeRecord(rawRecord) {
        const record = super.normalizeRecord(rawRecord);
        record.end = DateTime.min(record.end, record.start.endOf("day"));
        record.isHatched =
            rawRecord.state === "planned" || rawRecord.review_state === "pending";
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

// The style sheet selects the calendar by a class made from this name.
registry.category("views").add("blog_ai_calendar", {
    ...calendarView,
    Model: BlogAiCalendarModel,
});
