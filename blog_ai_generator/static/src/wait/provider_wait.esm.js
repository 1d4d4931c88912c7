import {Component, onWillUnmount, useState, xml} from "@odoo/owl";

import {rpcBus} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";

import {Elapsed} from "./elapsed.esm";

const BUTTONS = ["action_test_connection", "action_fetch_models"];
// Most providers answer within so many ms.
const PATIENCE = 1000;

/** Say how long a button has been waiting for a provider. */
export class ProviderWait extends Component {
    static template = xml`
        <div
            t-if="state.isWaiting"
            class="position-fixed bottom-0 end-0 m-3 alert alert-info"
            style="z-index: 1100"
            role="status"
            data-blog-ai="provider-wait"
        >
            Waiting for the provider… <Elapsed/>
        </div>`;
    static components = {Elapsed};
    static props = {};

    setup() {
        this.state = useState({isWaiting: false});
        this.request = null;
        useBus(rpcBus, "RPC:REQUEST", ({detail}) => this.begin(detail.data));
        useBus(rpcBus, "RPC:RESPONSE", ({detail}) => this.end(detail.data));
        onWillUnmount(() => clearTimeout(this.timer));
    }

    begin({id, params}) {
        if (params?.model !== "blog.ai.provider" || !BUTTONS.includes(params.method)) {
            return;
        }
        this.request = id;
        this.timer = setTimeout(() => {
            this.state.isWaiting = true;
        }, PATIENCE);
    }

    end({id}) {
        if (id === this.request) {
            this.request = null;
            clearTimeout(this.timer);
            this.state.isWaiting = false;
        }
    }
}

registry.category("main_components").add("BlogAiProviderWait", {
    Component: ProviderWait,
});
