import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";

/**
 * Free text for a model's name, with the names found by “Fetch models” as proposals.
 */
export class ModelField extends CharField {
    static template = "blog_ai_generator.ModelField";

    get proposals() {
        return this.props.record.data.available_models || [];
    }

    get listId() {
        return `${this.props.id}_proposals`;
    }
}

registry.category("fields").add("blog_ai_model", {
    ...charField,
    component: ModelField,
    fieldDependencies: [{name: "available_models", type: "json"}],
});
