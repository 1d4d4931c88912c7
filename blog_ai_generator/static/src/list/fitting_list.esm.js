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
 * A list that fits a tablet. Optional columns with the class `blog_ai_desktop` are hidden
 * there until the user chooses columns, which leaves room for the text of the others.
 */
export class FittingListRenderer extends ListRenderer {
    computeOptionalActiveFields() {
        const active = super.computeOptionalActiveFields();
        const isChosen = browser.localStorage.getItem(this.keyOptionalFields) !== null;
        if (!isChosen && this.uiService.size < SIZES.LG) {
            for (const {name, attrs} of this.allColumns) {
                if (attrs?.class?.includes("blog_ai_desktop")) {
                    active[name] = false;
                }
            }
        }
        return active;
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

/** Give a title half of the width that the screen has beyond a small desktop's. */
const listViewWidth = ({options}) =>
    options.least + Math.max(0, browser.innerWidth - DESKTOP) / 2;

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
