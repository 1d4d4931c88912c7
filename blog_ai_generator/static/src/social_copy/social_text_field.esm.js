import {Component, useState} from "@odoo/owl";

import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {TextField, textField} from "@web/views/fields/text/text_field";

import {measure, sharedText} from "../networks/measure.esm";
import {Counter} from "./counter.esm";
import {MastodonServerDialog, mastodonServer} from "./mastodon_server.esm";
import {ProposalDialog} from "./proposal.esm";
import {NETWORKS} from "./share.esm";

/**
 * Edit the copy for one network. Counts while the user types, by the network's rule and
 * with the link, and offers to copy the text and to open the network's page.
 */
export class SocialTextField extends Component {
    static template = "blog_ai_generator.SocialTextField";
    static components = {Counter, TextField};
    static props = {...standardFieldProps, placeholder: {type: String, optional: true}};

    setup() {
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.isProposing = false;
        this.state = useState({text: "", server: mastodonServer.get()});
        useRecordObserver((record) => {
            this.state.text = record.data[this.props.name] || "";
        });
    }

    get data() {
        return this.props.record.data;
    }

    get network() {
        return NETWORKS[this.data.network];
    }

    get link() {
        return this.data.link || "";
    }

    /** Return the server chosen in this browser, otherwise the company's. */
    get server() {
        return this.state.server || this.data.server || "";
    }

    /** Return nothing for an unsaved post: a proposal is made from the stored one. */
    get postId() {
        return this.props.record.evalContext.parent?.id;
    }

    get measure() {
        if (!this.network) {
            return {isValid: true};
        }
        return measure(this.data.network, this.state.text, this.link, this.data.limit);
    }

    get sharedText() {
        return sharedText(this.state.text, this.link);
    }

    get clicks() {
        const {clicks} = this.data;
        if (!clicks) {
            return _t("no clicks yet");
        }
        return clicks === 1 ? _t("1 click") : _t("%s clicks", clicks);
    }

    get textProps() {
        const {record, name, id, placeholder} = this.props;
        // In a kanban, Odoo treats an unsaved record as if it were in a form.
        const readonly = this.props.readonly && !record.isNew;
        return {record, name, id, placeholder, readonly, rowCount: 3};
    }

    onInput(ev) {
        this.state.text = ev.target.value;
    }

    async copy() {
        try {
            await browser.navigator.clipboard.writeText(this.sharedText);
        } catch {
            const message = _t(
                "The browser does not allow this. Select the text and copy it yourself."
            );
            this.notification.add(message, {type: "warning"});
            return;
        }
        const message = _t("The text for %s was copied.", this.network.name);
        this.notification.add(message, {type: "success"});
    }

    async open() {
        if (this.network.needsServer && !this.server) {
            this.askServer(() => this.open());
            return;
        }
        if (!this.network.takesText) {
            await this.copy();
        }
        const {sharedText: text, link, server} = this;
        const url = this.network.url({text, link, server});
        browser.open(url, "_blank", "noopener");
    }

    writeAgain() {
        if (this.isProposing) {
            return;
        }
        this.isProposing = true;
        const {name, record} = this.props;
        const props = {
            link: this.link,
            limit: this.data.limit,
            network: this.data.network,
            networkName: this.network.name,
            postId: this.postId,
            present: this.state.text,
            use: (text) => record.update({[name]: text}),
        };
        const onClose = () => {
            this.isProposing = false;
        };
        this.dialog.add(ProposalDialog, props, {onClose});
    }

    askServer(done) {
        this.dialog.add(MastodonServerDialog, {
            server: this.server,
            confirm: (server) => {
                this.state.server = server;
                done?.();
            },
        });
    }
}

registry.category("fields").add("blog_ai_social_text", {
    ...textField,
    component: SocialTextField,
    displayName: _t("Text for a social network"),
    supportedOptions: [],
    supportedTypes: ["text"],
    fieldDependencies: [
        {name: "network", type: "selection"},
        {name: "link", type: "char"},
        {name: "limit", type: "integer"},
        {name: "server", type: "char"},
        {name: "clicks", type: "integer"},
    ],
    extractProps: ({placeholder}, {readonly}) => ({placeholder, readonly}),
});
