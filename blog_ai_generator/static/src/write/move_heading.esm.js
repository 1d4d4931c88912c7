import {Component, useEffect, useRef, useState} from "@odoo/owl";

import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// The heading that was moved last, its new place and the button, until that has the focus again.
let moved = {};

/**
 * Buttons that move a heading of the outline up or down, for people who cannot drag it: with a
 * keyboard, a screen reader or one finger.
 */
export class MoveHeading extends Component {
    static template = "blog_ai_generator.MoveHeading";
    static props = {...standardWidgetProps};

    setup() {
        this.steps = [
            {by: -1, name: _t("Move up"), icon: "fa-arrow-up"},
            {by: 1, name: _t("Move down"), icon: "fa-arrow-down"},
        ];
        this.form = useState(this.props.record.model.root);
        this.buttons = useRef("buttons");
        useEffect(
            () => this.keepFocus(),
            () => [this.index]
        );
    }

    get headings() {
        return this.form.data.heading_ids;
    }

    get index() {
        return this.headings.records.findIndex(({id}) => id === this.props.record.id);
    }

    canMove(by) {
        return Boolean(this.headings.records[this.index + by]);
    }

    /**
     * The browser forgets the focus when a row goes elsewhere, is made anew because it was
     * edited, or has its button disabled.
     */
    keepFocus() {
        const {el} = this.buttons;
        if (!el || moved.id !== this.props.record.id || moved.index !== this.index) {
            return;
        }
        if (!this.isInPlace(el)) {
            // The list moves its rows later, which takes the focus from this one.
            browser.requestAnimationFrame(() => this.keepFocus());
            return;
        }
        const same = el.querySelector(`button[data-by="${moved.by}"]:enabled`);
        (same || el.querySelector("button:enabled"))?.focus();
        moved = {};
    }

    isInPlace(el) {
        // Rows are cards on a phone.
        const kind = [".o_data_row", ".o_kanban_record"].find((it) => el.closest(it));
        const row = el.closest(kind);
        return (
            Array.from(row.parentElement.querySelectorAll(kind)).indexOf(row) ===
            this.index
        );
    }

    async move(by) {
        const {headings, index} = this;
        const {id} = this.props.record;
        await headings.leaveEditMode();
        moved = {id, by, index: index + by};
        const previous = headings.records[by < 0 ? index - 2 : index + 1];
        await headings.resequence(id, previous?.id ?? null);
    }
}

registry.category("view_widgets").add("blog_ai_move_heading", {component: MoveHeading});
