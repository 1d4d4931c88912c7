import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const BLOG = "Balconies";
const TOPIC = "Tulips in old tins";
const DRAFT = "A wall for wild bees";

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
        {
            content: "The calendar has the draft that a person has written",
            trigger: `.fc-dayGridMonth-view .fc-event:contains(${DRAFT})`,
        },
        {
            content: "Drag the topic to the 20th of the month",
            trigger: `.fc-daygrid-day[data-date$="-10"] .fc-event:contains(${TOPIC})`,
            run: 'drag_and_drop .fc-daygrid-day[data-date$="-20"] .fc-daygrid-day-events',
        },
        {
            content: "The topic is there",
            trigger: `.fc-daygrid-day[data-date$="-20"] .fc-event:contains(${TOPIC})`,
        },
        {
            content: "Look at the list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "It has the new day of the topic",
            trigger: `.o_data_row:contains(${TOPIC}) [name=date]:contains(/\\b20\\b/)`,
        },
    ],
});
