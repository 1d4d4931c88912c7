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
 * A list that leaves room for the text of its main columns. Until the user chooses
 * columns, it hides optional ones: with the class `blog_ai_desktop` on a tablet, with
 * `blog_ai_filled` while all rows are empty there, and with `blog_ai_varied` while all
 * rows have the same value.
 */
export class FittingListRenderer extends ListRenderer {
    computeOptionalActiveFields() {
        const active = super.computeOptionalActiveFields();
        if (browser.localStorage.getItem(this.keyOptionalFields) === null) {
            for (const {name, attrs} of this.allColumns) {
                active[name] &&= this.isWorthItsRoom(name, attrs?.class || "");
            }
        }
        return active;
    }

    isWorthItsRoom(name, classes) {
        const {records} = this.props.list;
        const values = new Set(records.map(({data}) => data[name]?.id ?? data[name]));
        const isTablet = this.uiService.size < SIZES.LG;
        return !(
            (classes.includes("blog_ai_desktop") && isTablet) ||
            (classes.includes("blog_ai_filled") && ![...values].some(Boolean)) ||
            (classes.includes("blog_ai_varied") && values.size < 2)
        );
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
