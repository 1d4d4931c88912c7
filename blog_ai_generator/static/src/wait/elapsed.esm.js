import {Component, onWillUnmount, useState, xml} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";

/** Count the seconds since a moment, or since it is shown. */
export class Elapsed extends Component {
    static template = xml`<span class="text-nowrap" data-blog-ai="elapsed" t-esc="text"/>`;
    static props = {began: {type: Number, optional: true}};

    setup() {
        const began = this.props.began || Date.now();
        const seconds = () => Math.round((Date.now() - began) / 1000);
        this.state = useState({seconds: seconds()});
        const timer = setInterval(() => {
            this.state.seconds = seconds();
        }, 1000);
        onWillUnmount(() => clearInterval(timer));
    }

    get text() {
        return _t("%s s", this.state.seconds);
    }
}
