import {browser} from "@web/core/browser/browser";
import {SIZES} from "@web/core/ui/ui_service";
import {registry} from "@web/core/registry";
import {charField} from "@web/views/fields/char/char_field";
import {
    Many2OneField,
    buildM2OFieldDescription,
} from "@web/views/fields/many2one/many2one_field";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";

const DESKTOP = 1280;

/**
 * A list that leaves room for the text of its main columns. It hides optional ones: with
 * the class `blog_ai_filled` while all rows are empty there, and with `blog_ai_varied`
 * while all rows have the same value, and with `blog_ai_repeated` while no number is
 * above one, unless the user has asked for that column; with `blog_ai_desktop` on a
 * tablet, until the user chooses columns.
 */
export class FittingListRenderer extends ListRenderer {
    computeOptionalActiveFields() {
        const active = super.computeOptionalActiveFields();
        const isChosen = browser.localStorage.getItem(this.keyOptionalFields) !== null;
        const isTablet = this.uiService.size < SIZES.LG;
        this.silent = new Set();
        for (const {name, attrs} of this.allColumns.filter((it) => active[it.name])) {
            const classes = attrs?.class || "";
            if (!isChosen && isTablet && classes.includes("blog_ai_desktop")) {
                active[name] = false;
            } else if (!this.asked.has(name) && this.saysNothing(name, classes)) {
                active[name] = false;
                this.silent.add(name);
            }
        }
        return active;
    }

    saysNothing(name, classes) {
        const {records} = this.props.list;
        const values = new Set(records.map(({data}) => data[name]?.id ?? data[name]));
        return (
            (classes.includes("blog_ai_filled") && ![...values].some(Boolean)) ||
            (classes.includes("blog_ai_varied") && values.size < 2) ||
            (classes.includes("blog_ai_repeated") && Math.max(...values) < 2)
        );
    }

    get keyAsked() {
        return `${this.keyOptionalFields},asked`;
    }

    /** The columns that the user has asked for while they said nothing. */
    get asked() {
        return new Set((browser.localStorage.getItem(this.keyAsked) || "").split(","));
    }

    toggleOptionalField(name) {
        if (this.silent.delete(name)) {
            browser.localStorage.setItem(this.keyAsked, [...this.asked, name]);
        }
        return super.toggleOptionalField(name);
    }

    /** Keep the columns that only say nothing now: later rows may need them. */
    saveOptionalActiveFields() {
        const names = Object.keys(this.optionalActiveFields).filter(
            (name) => this.optionalActiveFields[name] || this.silent.has(name)
        );
        browser.localStorage.setItem(this.keyOptionalFields, names);
    }

    /** Open no record beside a button, which may be disabled by its first click. */
    onButtonCellClicked() {
        return undefined;
    }

    /** Leave out the sum of costs that are in several currencies, or may be. */
    computeAggregates() {
        const aggregates = super.computeAggregates();
        const {isGrouped, records, selection} = this.props.list;
        const rows = selection.length ? selection : records;
        const currencies = new Set(rows.map(({data}) => data.currency_id?.id));
        if ((isGrouped && !selection.length) || currencies.size > 1) {
            delete aggregates.cost;
        }
        return aggregates;
    }
}

/**
 * Give a title half of the width that the screen has beyond a small desktop's, or up to
 * `most` as far as the other columns leave it.
 */
function listViewWidth({options: {least, most = 0}}) {
    const width = least + Math.max(0, browser.innerWidth - DESKTOP) / 2;
    return most ? [least, Math.max(width, most)] : width;
}

registry
    .category("fields")
    .add("blog_ai_title", {...charField, listViewWidth})
    .add("blog_ai_title_of", {
        ...buildM2OFieldDescription(Many2OneField),
        listViewWidth,
    });
registry
    .category("views")
    .add("blog_ai_list", {...listView, Renderer: FittingListRenderer});
