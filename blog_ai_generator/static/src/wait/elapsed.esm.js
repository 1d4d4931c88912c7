import {Component, onWillDestroy, useState, xml} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";

/** Count the seconds since a moment, or since it is shown. */
export class Elapsed extends Component {
    // A timer, of which screen readers do not read out each second.
    static template = xml`
        <span class="text-nowrap" role="timer" data-blog-ai="elapsed" t-esc="text"/>`;
    static props = {began: {type: Number, optional: true}};

    setup() {
        const began = this.props.began || Date.now();
        const seconds = () => Math.round((Date.now() - began) / 1000);
        this.state = useState({seconds: seconds()});
        const timer = setInterval(() => {
            this.state.seconds = seconds();
        }, 1000);
        onWillDestroy(() => clearInterval(timer));
    }

    get text() {
        return _t("%s s", this.state.seconds);
    }
}
