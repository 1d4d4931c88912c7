import {Component, onWillDestroy, onWillUpdateProps, useState, xml} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Show elapsed seconds. The browser counts on from the server's value, because the two
 * clocks may differ.
 */
export class ElapsedField extends Component {
    // A timer, of which screen readers do not read out each second.
    static template = xml`<span class="text-nowrap" role="timer" t-esc="text"/>`;
    static props = standardFieldProps;

    setup() {
        this.state = useState({seconds: 0});
        this.restart(this.props);
        onWillUpdateProps((props) => this.restart(props));
        const timer = setInterval(() => this.tick(), 1000);
        onWillDestroy(() => clearInterval(timer));
    }

    restart(props) {
        const elapsed = props.record.data[props.name];
        if (elapsed !== this.elapsed) {
            this.elapsed = elapsed;
            this.loadedAt = Date.now();
        }
        this.tick();
    }

    tick() {
        const since = (Date.now() - this.loadedAt) / 1000;
        this.state.seconds = Math.max(0, Math.round(this.elapsed + since));
    }

    get text() {
        return _t("%s s", this.state.seconds);
    }
}

registry.category("fields").add("blog_ai_elapsed", {
    component: ElapsedField,
    displayName: _t("Elapsed seconds"),
    supportedTypes: ["float"],
});
