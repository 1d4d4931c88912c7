import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";
import {formView} from "@web/views/form/form_view";

/**
 * Save no new slot that nobody touched. Odoo saves a new record as soon as it is complete
 * when its page is hidden or closed, and a slot writes posts that cost money each day.
 */
export class SlotFormController extends formView.Controller {
    setup() {
        super.setup();
        // Nothing is dirty yet while somebody types into the first field.
        this.isTyping = false;
        useBus(this.model.bus, "FIELD_IS_DIRTY", ({detail}) => {
            this.isTyping = detail;
        });
    }

    get isUntouched() {
        const {root} = this.model;
        return root.isNew && !root.dirty && !this.isTyping;
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
