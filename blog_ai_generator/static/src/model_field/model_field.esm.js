import {deserializeDate, toLocaleDateString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";

function noteOnEnd({ends_on, lifecycle}) {
    const day = ends_on && deserializeDate(ends_on);
    const isOver = day && day < luxon.DateTime.now().startOf("day");
    if (lifecycle === "retired" || (isOver && lifecycle !== "deprecated")) {
        return _t("switched off");
    }
    return day && !isOver ? _t("until %s", toLocaleDateString(day)) : "";
}

/**
 * Free text for a model's name, with the names found by “Fetch models” as proposals.
 */
export class ModelField extends CharField {
    static template = "blog_ai_generator.ModelField";

    /**
     * A model is listed by its name, or with what is known of it.
     *
     * @returns {{name: String, note: String}[]}
     */
    get proposals() {
        const models = this.props.record.data.available_models || [];
        return models.map((model) =>
            typeof model === "string"
                ? {name: model, note: ""}
                : {name: model.name, note: noteOnEnd(model)}
        );
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
