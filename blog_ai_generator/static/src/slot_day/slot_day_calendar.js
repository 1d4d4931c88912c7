import {registry} from "@web/core/registry";
import {calendarView} from "@web/views/calendar/calendar_view";

// Core's calendar; the name is the class by which its style sheet finds it.
registry.category("views").add("blog_ai_slot_day_calendar", calendarView);
