import {registry} from "@web/core/registry";
import {formView} from "@web/views/form/form_view";

/**
 * Save no new slot that nobody touched. Odoo saves a new record as soon as it is complete
 * when its page is hidden or closed, and a slot writes posts that cost money each day.
 */
export class SlotFormController extends formView.Controller {
    get isUntouched() {
        const {root} = this.model;
        return root.isNew && !root.dirty;
    }

    beforeVisibilityChange() {
        return this.isUntouched ? undefined : super.beforeVisibilityChange();
    }

    async beforeUnload(ev) {
        if (!this.isUntouched) {
            await super.beforeUnload(ev);
        }
    }
}

registry.category("views").add("blog_ai_slot_form", {
    ...formView,
    Controller: SlotFormController,
});
