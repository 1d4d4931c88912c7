import {Component} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";

/** Show the length of a text as its network counts it, and how much to cut. */
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
