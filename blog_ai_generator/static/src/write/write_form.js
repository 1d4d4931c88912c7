import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/**
 * “Write a post”: its button sends the form and gets the action that follows in one
 * request, where a form would be saved and read back first.
 */
export class WriteController extends FormController {
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
