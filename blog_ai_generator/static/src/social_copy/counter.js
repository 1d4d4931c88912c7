import {Component} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";

/** How long a text is, as its network counts, and what to do when that is too long. */
export class Counter extends Component {
    static template = "blog_ai_generator.SocialCounter";
    static props = {measure: Object, link: String};

    get toCut() {
        const {excess} = this.props.measure;
        return excess === 1
            ? _t("cut 1 character to send it")
            : _t("cut %s characters to send it", excess);
    }
}
