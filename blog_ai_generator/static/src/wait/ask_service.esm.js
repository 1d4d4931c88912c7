import {reactive} from "@odoo/owl";

import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";

/**
 * Triggered on the bus of the environment when a provider has been asked. A form of the
 * provider adds to `shown` whether it shows how that ended, or a promise of it.
 */
export const ASKED = "BLOG_AI:ASKED";
const OPEN = ["waiting", "asking"];
// Pauses in ms before the looks at a call; the last one repeats. Looking also works
// where a proxy blocks the websocket.
const PAUSES = [200, 300, 500, 1000];
// Time in ms that the server needs after the database is back, to find that out and to
// give a sign of life or store the answer that it kept.
const RETURN = 5000;

// Errors of the database that pass: those of `is_passing` in the pump, whose classes a
// browser does not know. A crash of PostgreSQL raises a plain `DatabaseError`. Others,
// such as a column that is missing, come again at each look.
const PASSING = [
    "DatabaseError",
    "InterfaceError",
    "OperationalError",
    "extensions.QueryCanceledError",
    "extensions.TransactionRollbackError",
    "pool.PoolError",
    "errors.AdminShutdown",
    "errors.CannotConnectNow",
    "errors.ConfigurationLimitExceeded",
    "errors.ConnectionDoesNotExist",
    "errors.ConnectionException",
    "errors.ConnectionFailure",
    "errors.CrashShutdown",
    "errors.DeadlockDetected",
    "errors.DiskFull",
    "errors.IdleSessionTimeout",
    "errors.InsufficientResources",
    "errors.IoError",
    "errors.LockNotAvailable",
    "errors.ObjectInUse",
    "errors.ObjectNotInPrerequisiteState",
    "errors.OperatorIntervention",
    "errors.OutOfMemory",
    "errors.ProtocolViolation",
    "errors.QueryCanceled",
    "errors.SerializationFailure",
    "errors.SqlclientUnableToEstablishSqlconnection",
    "errors.SqlserverRejectedEstablishmentOfSqlconnection",
    "errors.StatementCompletionUnknown",
    "errors.SystemError",
    "errors.TooManyConnections",
    "errors.TransactionIntegrityConstraintViolation",
    "errors.TransactionResolutionUnknown",
    "errors.TransactionRollback",
].map((name) => `psycopg2.${name}`);

/** Return whether a look failed because the server, or its database, is away. */
function isAway(error) {
    return (
        error instanceof ConnectionLostError ||
        (error instanceof RPCError && PASSING.includes(error.exceptionName))
    );
}

/** Return what to say of a look that failed for good. */
function reason(error) {
    const name = error.exceptionName || "";
    if (name === "odoo.exceptions.MissingError") {
        return _t("The call is no longer on record. Try again.");
    }
    // Others are of Python or PostgreSQL, and not for users.
    const isForUsers = name.startsWith("odoo.") && error.data.message;
    return (
        isForUsers ||
        _t("Odoo cannot read the answer. Ask an administrator to look into the log.")
    );
}

/**
 * Calls to providers for which the user waits. They are made by the server in the
 * background, and end there whatever happens to this page.
 */
export const askService = {
    dependencies: ["action", "orm", "notification"],

    start(env, {action, orm, notification}) {
        const shown = reactive([]);
        let closeFailure = () => undefined;
        const call = (method, ask) =>
            orm.silent.call("blog.ai.ask", method, [[ask.id]]);

        async function look(ask) {
            try {
                const seen = await call("look", ask);
                const isJustBack = Date.now() < ask.awayAt + RETURN;
                return seen.is_lost && isJustBack ? {} : seen;
            } catch (error) {
                if (isAway(error)) {
                    // It may be restarting.
                    ask.awayAt = Date.now();
                    return {};
                }
                return {state: "failed", message: reason(error)};
            }
        }

        async function untilEnded(ask) {
            while (OPEN.includes(ask.state)) {
                const pause = PAUSES[Math.min(ask.looks, PAUSES.length - 1)];
                await new Promise((resolve) => browser.setTimeout(resolve, pause));
                ask.looks += 1;
                if (OPEN.includes(ask.state)) {
                    const seen = await look(ask);
                    // Nothing comes of a call that was cancelled meanwhile.
                    Object.assign(ask, OPEN.includes(ask.state) ? seen : {});
                }
            }
            return ask;
        }

        /**
         * Return a call that follows what the server says of it.
         *
         * @param {Object} asked as `_ask` of `blog.ai.ask` returned it
         * @returns {Object} reactive; `ended` is a promise of it
         */
        function follow(asked) {
            const ask = reactive({
                ...asked,
                state: "waiting",
                message: "",
                text: "",
                began: Date.now(),
                looks: 0,
                // Time of the last look that found the server or its database away.
                awayAt: 0,
                async cancel() {
                    if (OPEN.includes(ask.state)) {
                        ask.state = "cancelled";
                        await call("cancel", ask);
                    }
                },
            });
            ask.ended = untilEnded(ask);
            return ask;
        }

        /** Take the last failure off the screen: what it was about has changed. */
        function forget() {
            closeFailure();
        }

        /** Follow a call beside the page, and say how it ended. */
        async function show(asked) {
            if (shown.some((ask) => ask.id === asked.id)) {
                return;
            }
            forget();
            const ask = follow(asked);
            shown.push(ask);
            const {state, message} = await ask.ended;
            shown.splice(
                shown.findIndex((other) => other.id === ask.id),
                1
            );
            if (state === "done" && asked.opens) {
                const reload = () => action.doAction("soft_reload");
                const options = asked.reloads ? {onClose: reload} : {};
                await action.doAction(asked.opens, options);
            } else if (state === "done") {
                notification.add(message, {type: "success"});
            }
            const detail = {provider: ask.provider_id, shown: []};
            env.bus.trigger(ASKED, detail);
            if (state === "failed") {
                forget();
                const isShown = (await Promise.all(detail.shown)).includes(true);
                if (!isShown || !ask.is_noted) {
                    const text = (isShown && ask.here) || message;
                    const options = {type: "danger", sticky: true};
                    closeFailure = notification.add(text, options);
                }
            }
        }

        return {follow, forget, show, shown};
    },
};

registry.category("services").add("blog_ai_ask", askService);
registry.category("actions").add("blog_ai_ask", (env, {params}) => {
    // Do not await it: the page stays usable meanwhile.
    env.services.blog_ai_ask.show(params);
    return params.next;
});
