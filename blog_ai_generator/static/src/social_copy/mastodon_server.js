import {Component, useState} from "@odoo/owl";

import {browser} from "@web/core/browser/browser";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

const KEY = "blog_ai_generator.mastodon_server";
const SERVER = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/;

/** The server on which this person has an account, as this browser remembers it. */
export const mastodonServer = {
    get: () => browser.localStorage.getItem(KEY) || "",
    set: (server) => browser.localStorage.setItem(KEY, server),
};

/**
 * @param {string} typed a server, its address, or somebody's handle there
 * @returns {string} the server's name, or nothing if there is none in it
 */
export function serverIn(typed) {
    const address = typed.trim().replace(/^(https?:\/\/|@)/i, "");
    try {
        const {host} = new URL(`https://${address}`);
        return SERVER.test(host) ? host : "";
    } catch {
        return "";
    }
}

/** Asks a person for his server of Mastodon, and remembers it. */
export class MastodonServerDialog extends Component {
    static template = "blog_ai_generator.MastodonServerDialog";
    static components = {Dialog};
    static props = {close: Function, confirm: Function, server: String};

    setup() {
        this.state = useState({typed: this.props.server, isWrong: false});
        useAutofocus();
    }

    confirm() {
        const server = serverIn(this.state.typed);
        this.state.isWrong = !server;
        if (server) {
            mastodonServer.set(server);
            this.props.close();
            this.props.confirm(server);
        }
    }
}
