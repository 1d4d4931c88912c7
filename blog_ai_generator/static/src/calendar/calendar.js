import {CalendarModel} from "@web/views/calendar/calendar_model";
import {calendarView} from "@web/views/calendar/calendar_view";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;

/**
 * A post is of a moment: core lets it last an hour, also into the next day. What is only
 * planned, or waits for its review, is hatched, as what is not certain yet in Odoo's own
 * calendars.
 */
export class BlogAiCalendarModel extends CalendarModel {
    normalizeRecord(rawRecord) {
        const record = super.normalizeRecord(rawRecord);
        record.end = DateTime.min(record.end, record.start.endOf("day"));
        record.isHatched =
            rawRecord.state === "planned" || rawRecord.review_state === "pending";
        return record;
    }
}

// The name is the class by which the style sheet finds the calendar.
registry.category("views").add("blog_ai_calendar", {
    ...calendarView,
    Model: BlogAiCalendarModel,
});
