import {registry} from "@web/core/registry";
import {WeekDays, weekDays} from "@web/views/widgets/week_days/week_days";

/** Odoo's boxes for the days of a week, each with a name for screen readers. */
export class NamedWeekDays extends WeekDays {
    static template = "blog_ai_generator.WeekDays";
}

registry
    .category("view_widgets")
    .add("blog_ai_week_days", {...weekDays, component: NamedWeekDays});
