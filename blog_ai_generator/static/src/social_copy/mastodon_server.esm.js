import {Component, useState} from "@odoo/owl";

import {browser} from "@web/core/browser/browser";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

const KEY = "blog_ai_generator.mastodon_server";
const SERVER = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/;

/** The server of the user's Mastodon account, remembered by this browser. */
export const mastodonServer = {
    get: () => browser.localStorage.getItem(KEY) || "",
    set: (server) => browser.localStorage.setItem(KEY, server),
};

/**
 * Extract the host name of a server.
 *
 * @param {string} typed a host name, a URL or a handle such as @me@example.social
 * @returns {string} the host name, empty if the text contains none
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

/** Ask for the user's Mastodon server and remember it. */
export class MastodonServerDialog extends Component {
    static template = "blog_ai_generator.MastodonServerDialog";
    static components = {Dialog};
    static props = {close: Function, confirm: Function, server: String};

    setup() {
        this.state = useState({typed: this.props.server, isWrong: false});
        this.input = useAutofocus();
    }

    confirm() {
        const server = serverIn(this.state.typed);
        this.state.isWrong = !server;
        if (server) {
            mastodonServer.set(server);
            this.props.close();
            this.props.confirm(server);
        } else {
            // Screen readers read out there what is wrong.
            this.input.el.focus();
        }
    }
}
