import {registry} from "@web/core/registry";
import {kanbanView} from "@web/views/kanban/kanban_view";

/** Cards to choose from in a window: too few to search among. */
registry
    .category("views")
    .add("blog_ai_choice", {...kanbanView, display: {controlPanel: false}});
