import {onMounted} from "@odoo/owl";

import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

import {concernsProvider, useUpdates, WAITS} from "../updates/use_updates.esm";

/**
 * The form “Write a post”. What it says about provider and budget is asked for again when
 * that changes; what was typed stays. Its button sends the values and gets the next action in one
 * request. A plain form would first save the record and read it back.
 */
export class WriteController extends FormController {
    setup() {
        super.setup();
        const provider = () => this.model.root.data.provider_id;
        useUpdates(
            {[WAITS]: (content) => concernsProvider(content, provider()?.id)},
            () => this.model.root.update({provider_id: provider()})
        );
        onMounted(() => this.showOutline());
    }

    /** Begin at the outline where there is one: on a phone, it is below the fold. */
    showOutline() {
        if (this.model.root.data.heading_ids?.count) {
            const title = this.rootRef.el.querySelector("[data-blog-ai=outline] h3");
            // A dialog that does not have the focus would take it, and scroll back.
            title.focus();
            title.scrollIntoView();
        }
    }

    async beforeExecuteActionButton(clickParams) {
        const record = this.model.root;
        if (clickParams.name !== "action_write" || !record.isNew) {
            return super.beforeExecuteActionButton(clickParams);
        }
        if (await record.checkValidity({displayNotification: true})) {
            const {resModel, context} = record;
            const args = [await record.getChanges()];
            const action = await this.orm.call(resModel, "action_write_values", args, {
                context,
            });
            await this.actionService.doAction(action);
        }
        return false;
    }
}

registry.category("views").add("blog_ai_write", {
    ...formView,
    Controller: WriteController,
});
