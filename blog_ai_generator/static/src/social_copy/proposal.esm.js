import {Component, onMounted, useState} from "@odoo/owl";

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
        this.orm = useService("orm");
        this.state = useState({isWriting: true, proposal: "", error: ""});
        // Not earlier, so that a dialog that is never shown costs no call.
        onMounted(() => this.write());
    }

    get dialogTitle() {
        return _t("Another text for %s", this.props.networkName);
    }

    measure(text) {
        const {network, link, limit} = this.props;
        return measure(network, text, link, limit);
    }

    async write() {
        const {network, postId, present} = this.props;
        Object.assign(this.state, {isWriting: true, error: ""});
        const known = this.state.proposal || present;
        try {
            this.state.proposal = await this.orm.silent.call(
                "blog.post.social",
                "write_again",
                [postId, network, known]
            );
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

    use() {
        this.props.use(this.state.proposal);
        this.props.close();
    }
}
