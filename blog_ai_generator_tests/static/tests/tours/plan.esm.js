import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const BLOG = "Balconies";
const TOPIC = "Tulips in old tins";
const DRAFT = "A wall for wild bees";
const APPROVED = "Ferns on the north side";
const SLOT = "Balcony mornings";

const {DateTime} = luxon;

// Five days that one month shows together: the journey plans the same.
function firstDay() {
    const tomorrow = DateTime.local().plus({days: 1});
    return tomorrow.plus({days: 4}).hasSame(tomorrow, "month")
        ? tomorrow
        : tomorrow.plus({days: 5}).startOf("month");
}
const date = (number) => firstDay().plus({days: number - 1});
const day = (number) => `.fc-daygrid-day[data-date="${date(number).toISODate()}"]`;
const entry = (number, name) => `${day(number)} .fc-event:contains(${name})`;
const topic = (number) => `${entry(number, TOPIC)}:not(:contains(${SLOT}))`;

const drag = (what, trigger, number) => ({
    content: `Drag the ${what} to day ${number}`,
    trigger,
    run: `drag_and_drop ${day(number)} .fc-daygrid-day-events`,
});

registry.category("web_tour.tours").add("blog_ai_plan", {
    steps: () => [
        ...steps.openMenu("menu_calendar"),
        {
            content: "Show one blog: a day has no room for all",
            trigger: ".o_searchview_input",
            run: `edit ${BLOG}`,
        },
        {
            content: "Search among the blogs",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Blog)",
            run: "click",
        },
        {
            content: "The calendar shows it alone",
            trigger: `.o_facet_value:contains(${BLOG})`,
        },
        ...(firstDay().hasSame(DateTime.local(), "month")
            ? []
            : [
                  {
                      content: "Look at the next month",
                      trigger: ".o_calendar_button_next",
                      run: "click",
                  },
              ]),
        {
            content: "The day of the slot has the topic that is dated for it",
            trigger: entry(1, `${TOPIC} (${SLOT})`),
        },
        drag("draft", entry(2, DRAFT), 5),
        {
            content: "The draft that a person has written is there",
            trigger: entry(5, DRAFT),
        },
        drag("topic", topic(1), 4),
        {
            content: "The topic is there",
            trigger: topic(4),
        },
        {
            content: "The slot has no topic for its day any more",
            trigger: entry(1, `No topic left (${SLOT})`),
        },
        drag("approved post", entry(3, APPROVED), 2),
        {
            content: "The approved post is there",
            trigger: entry(2, APPROVED),
        },
        drag("day of the slot", entry(1, SLOT), 3),
        {
            content: "The calendar says that a slot chooses its days itself",
            trigger: `.modal:contains(${SLOT}):contains(chooses its days) .btn-primary`,
            run: "click",
        },
        {
            content: "The day of the slot is where it was",
            trigger: `.o_calendar_view:has(${entry(1, SLOT)}):not(:has(${entry(3, SLOT)}))`,
        },
        {
            content: "Look at the list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "It has the new day of the topic",
            trigger: `.o_data_row:contains(${TOPIC}) [name=date]:contains(/\\b${date(4).day}\\b/)`,
        },
    ],
});
