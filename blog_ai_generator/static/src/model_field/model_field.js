import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";

/**
 * A model's name: free text, with the names that “Fetch models” brought as proposals.
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
