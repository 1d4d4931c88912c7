import {Component, onWillDestroy, useState, xml} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

import {Elapsed} from "./elapsed.esm";

// Show the notice only after so many ms: most providers answer sooner.
const PATIENCE = 1000;

/** Say how long a provider has been asked, or waited for, and let the user cancel it. */
class Waiting extends Component {
    static template = xml`
        <div
            t-if="state.isShown and ask.state !== 'cancelled'"
            class="alert alert-info mb-0 mt-2 d-flex align-items-center gap-2 shadow"
            role="status"
            data-blog-ai="provider-wait"
        >
            <i class="fa fa-circle-o-notch fa-spin" aria-hidden="true"/>
            <span class="text-break"><t t-out="text"/> <Elapsed began="props.ask.began"/></span>
            <button
                type="button"
                class="btn btn-secondary btn-sm ms-auto"
                data-blog-ai="cancel-ask"
                t-on-click="() => props.ask.cancel()"
            >Cancel</button>
        </div>`;
    static components = {Elapsed};
    static props = {ask: Object};

    setup() {
        this.ask = useState(this.props.ask);
        this.state = useState({isShown: false});
        const timer = setTimeout(() => {
            this.state.isShown = true;
        }, PATIENCE);
        onWillDestroy(() => clearTimeout(timer));
    }

    get text() {
        if (this.ask.state === "waiting") {
            return _t("Waiting for a free place at %s…", this.ask.provider);
        }
        return _t("Asking %s…", this.ask.provider);
    }
}

/** The calls that buttons have made; they go on when the user opens another page. */
export class ProviderWait extends Component {
    static template = xml`
        <div class="position-fixed bottom-0 end-0 m-3 o_blog_ai_wait">
            <Waiting t-foreach="asks" t-as="ask" t-key="ask.id" ask="ask"/>
        </div>`;
    static components = {Waiting};
    static props = {};

    setup() {
        this.asks = useState(useService("blog_ai_ask").shown);
    }
}

registry.category("main_components").add("BlogAiProviderWait", {
    Component: ProviderWait,
});
