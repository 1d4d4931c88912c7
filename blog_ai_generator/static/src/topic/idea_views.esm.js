import {useBus} from "@web/core/utils/hooks";
import {registry} from "@web/core/registry";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";

import {FittingListRenderer} from "../list/fitting_list.esm";
import {ASKED} from "../wait/ask_service.esm";

/** Ideas appear in the list as soon as the provider has answered. */
const following = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            useBus(this.env.bus, ASKED, () => this.model.load());
        }
    };

registry.category("views").add("blog_ai_ideas", {
    ...listView,
    Controller: following(ListController),
    Renderer: FittingListRenderer,
});
registry.category("views").add("blog_ai_ideas_kanban", {
    ...kanbanView,
    Controller: following(KanbanController),
});
