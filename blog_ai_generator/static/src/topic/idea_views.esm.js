import {onMounted, onWillDestroy} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";

import {FittingListRenderer} from "../list/fitting_list.esm";
import {reloadWithSelection} from "../updates/use_updates.esm";
import {ASKED} from "../wait/ask_service.esm";

/** Ideas appear in the list as soon as the provider has answered. */
const following = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            let isMounted = false;
            let isMissed = false;
            const follow = () => {
                isMissed = !isMounted;
                if (isMounted) {
                    reloadWithSelection(this.model);
                }
            };
            this.env.bus.addEventListener(ASKED, follow);
            onMounted(() => {
                isMounted = true;
                // The answer may have come when the list had been read, and was not yet
                // on the screen.
                if (isMissed) {
                    follow();
                }
            });
            onWillDestroy(() => this.env.bus.removeEventListener(ASKED, follow));
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
