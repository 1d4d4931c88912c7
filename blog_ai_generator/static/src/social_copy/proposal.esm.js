import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";

import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {RPCError} from "@web/core/network/rpc";
import {useService} from "@web/core/utils/hooks";

import {measure} from "../networks/measure.esm";
import {Elapsed} from "../wait/elapsed.esm";
import {Counter} from "./counter.esm";

/** Show a provider's proposal next to the present copy. Only “Use it” replaces that. */
export class ProposalDialog extends Component {
    static template = "blog_ai_generator.ProposalDialog";
    static components = {Counter, Dialog, Elapsed};
    static props = {
        close: Function,
        link: String,
        limit: Number,
        network: String,
        networkName: String,
        postId: Number,
        present: String,
        use: Function,
    };

    setup() {
        this.asks = useService("blog_ai_ask");
        this.state = useState({isWriting: true, proposal: "", error: "", ask: null});
        this.isClosed = false;
        // Ask on mount: a dialog that is never shown must cost nothing.
        onMounted(() => this.write());
        // Cancel: nobody would read the answer.
        onWillUnmount(() => {
            this.isClosed = true;
            this.state.ask?.cancel();
        });
    }

    get dialogTitle() {
        return _t("Another text for %s", this.props.networkName);
    }

    measure(text) {
        const {network, link, limit} = this.props;
        return measure(network, text, link, limit);
    }

    get progress() {
        const {ask} = this.state;
        if (ask?.state === "waiting" && ask.looks > 1) {
            return _t("Waiting for a free place at %s…", ask.provider);
        }
        return ask ? _t("%s is writing…", ask.provider) : _t("Writing…");
    }

    async write() {
        Object.assign(this.state, {isWriting: true, error: "", ask: null});
        try {
            const {text, message} = await this.answer();
            this.state.proposal = text || this.state.proposal;
            this.state.error = message || "";
        } catch (error) {
            if (!(error instanceof RPCError && error.data?.message)) {
                this.props.close();
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.isWriting = false;
        }
    }

    async answer() {
        const {network, postId, present} = this.props;
        const known = this.state.proposal || present;
        const args = [postId, network, known];
        // The global service answers even after the dialog is closed.
        const {silent} = this.env.services.orm;
        const asked = await silent.call("blog.post.social", "write_again", args);
        this.state.ask = this.asks.follow(asked);
        if (this.isClosed) {
            this.state.ask.cancel();
        }
        return this.state.ask.ended;
    }

    use() {
        this.props.use(this.state.proposal);
        this.props.close();
    }
}
