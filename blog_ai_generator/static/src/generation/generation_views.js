import { onWillUnmount } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";

import { useGenerationUpdates } from "./use_generation_updates";

const IN_PROGRESS = ["queued", "writing"];
// Where a proxy lets no websocket through, the form still moves, if slowly.
const LOOK_ANYWAY = 10000;

export class GenerationFormController extends formView.Controller {
    setup() {
        super.setup();
        const timer = setInterval(() => {
            if (IN_PROGRESS.includes(this.model.root.data?.state)) {
                reload();
            }
        }, LOOK_ANYWAY);
        const reload = async () => {
            try {
                await this.model.root.load();
            } catch {
                // Deleted meanwhile, or out of reach: said once, by going back.
                clearInterval(timer);
                this.env.config.historyBack();
            }
        };
        useGenerationUpdates((ids) => ids.includes(this.model.root.resId), reload);
        onWillUnmount(() => clearInterval(timer));
    }
}

/** Reloads a list or kanban, unless a person is about to do something with it. */
const followUpdates = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            useGenerationUpdates(
                () => !this.model.root.selection?.length,
                () => this.model.root.load()
            );
        }
    };

const views = registry.category("views");
views.add("blog_ai_generation_form", {
    ...formView,
    Controller: GenerationFormController,
});
views.add("blog_ai_generation_list", {
    ...listView,
    Controller: followUpdates(listView.Controller),
});
views.add("blog_ai_generation_kanban", {
    ...kanbanView,
    Controller: followUpdates(kanbanView.Controller),
});
