import {Component, onWillUnmount, useState, xml} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";

/** Count the seconds since it is shown. */
export class Elapsed extends Component {
    static template = xml`<span class="text-nowrap" data-blog-ai="elapsed" t-esc="text"/>`;
    static props = {};

    setup() {
        const began = Date.now();
        this.state = useState({seconds: 0});
        const timer = setInterval(() => {
            this.state.seconds = Math.round((Date.now() - began) / 1000);
        }, 1000);
        onWillUnmount(() => clearInterval(timer));
    }

    get text() {
        return _t("%s s", this.state.seconds);
    }
}
