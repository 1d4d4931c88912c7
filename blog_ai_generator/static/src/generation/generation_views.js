import { onWillUnmount } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { listView } from "@web/views/list/list_view";

import { useGenerationUpdates } from "./use_generation_updates";

const IN_PROGRESS = ["queued", "writing"];
// Where a proxy lets no websocket through, the form still moves, if slowly.
const LOOK_ANYWAY = 10000;

export class GenerationFormController extends formView.Controller {
    setup() {
        super.setup();
        const reload = () => this.model.root.load();
        useGenerationUpdates((ids) => ids.includes(this.model.root.resId), reload);
        const timer = setInterval(() => {
            if (IN_PROGRESS.includes(this.model.root.data?.state)) {
                reload();
            }
        }, LOOK_ANYWAY);
        onWillUnmount(() => clearInterval(timer));
    }
}

export class GenerationListController extends listView.Controller {
    setup() {
        super.setup();
        useGenerationUpdates(
            () => true,
            () => this.model.root.load()
        );
    }
}

registry.category("views").add("blog_ai_generation_form", {
    ...formView,
    Controller: GenerationFormController,
});
registry.category("views").add("blog_ai_generation_list", {
    ...listView,
    Controller: GenerationListController,
});
