import {Component, xml} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatFloat} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const MOST_DIGITS = 6;

/** The decimals that show an amount with two to four significant digits. */
export const costDigits = (amount) => {
    if (!amount) {
        return 0;
    }
    const magnitude = Math.floor(Math.log10(Math.abs(amount)));
    return magnitude < 0
        ? Math.min(1 - magnitude, MOST_DIGITS)
        : Math.max(Math.min(3 - magnitude, 2), 0);
};

/** Format a cost; the server sends `false` for one that is not known. */
export const formatCost = (amount) =>
    amount === false || amount === null || amount === undefined
        ? _t("not known")
        : formatFloat(amount, {digits: [16, costDigits(amount)]});

/** Show a cost, which is never edited; with its currency if the view names the field. */
export class CostField extends Component {
    static template = xml`<span class="text-nowrap" t-esc="text"/>`;
    static props = {
        ...standardFieldProps,
        currencyField: {type: String, optional: true},
    };

    get text() {
        const {data} = this.props.record;
        const cost = data[this.props.name];
        const currency = data[this.props.currencyField]?.display_name;
        return currency && Number.isFinite(cost)
            ? `${formatCost(cost)} ${currency}`
            : formatCost(cost);
    }
}

registry.category("fields").add("blog_ai_cost", {
    component: CostField,
    displayName: _t("Cost"),
    supportedTypes: ["float"],
    extractProps: ({options}) => ({currencyField: options.currency_field}),
    isEmpty: () => false,
});
// A sum is empty if it has several currencies, or if no cost is known.
registry
    .category("formatters")
    .add("blog_ai_cost", (amount) =>
        amount === 0 || amount ? formatCost(amount) : ""
    );
