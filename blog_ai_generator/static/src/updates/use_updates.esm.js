import {onMounted, onWillDestroy} from "@odoo/owl";

import {useService} from "@web/core/utils/hooks";

/** Bus message: the pump or another user has changed the generations in `ids`. */
export const GENERATIONS = "blog_ai_generator/generation";
/**
 * Bus message: posts of `providers` begin to wait, or wait no longer. Without any, it
 * concerns posts of every provider.
 */
export const WAITS = "blog_ai_generator/wait";
// Pause in ms after the reload of a form: one frame of the screen.
const FRAME = 16;

/**
 * Return a function that calls `reload` at once. Requests made during a reload or the
 * pause after it are combined into one more reload.
 *
 * @param {() => Promise} reload
 * @param {number} pause in ms
 */
function usePaced(reload, pause) {
    let isBusy = false;
    let isAskedFor = false;
    let isGone = false;
    let timer = null;
    const run = async () => {
        const rest = () => {
            isBusy = false;
            if (isAskedFor) {
                isAskedFor = false;
                run();
            }
        };
        if (isBusy) {
            isAskedFor = true;
            return;
        }
        isBusy = true;
        try {
            await reload();
        } finally {
            timer = isGone ? null : setTimeout(rest, pause);
        }
    };
    onWillDestroy(() => {
        isGone = true;
        clearTimeout(timer);
    });
    return run;
}

/**
 * Reload when the server says on the bus that what is shown has changed.
 *
 * @param {Object} concerns by kind of message, whether one with that content concerns
 *     what is shown
 * @param {() => Promise} reload
 * @param {number} pause in ms, from the end of a reload to the next one
 */
export function useUpdates(concerns, reload, pause = FRAME) {
    const bus = useService("bus_service");
    const reloadOnce = usePaced(reload, pause);
    let isMounted = false;
    let isMissed = false;
    const listeners = Object.entries(concerns).map(([kind, isConcerned]) => [
        kind,
        (content) => {
            if (!isMounted) {
                isMissed = true;
            } else if (isConcerned(content)) {
                reloadOnce();
            }
        },
    ]);
    for (const [kind, listener] of listeners) {
        bus.subscribe(kind, listener);
    }
    onMounted(() => {
        isMounted = true;
        // An update during the first load may be newer than the loaded data.
        if (isMissed) {
            reloadOnce();
        }
    });
    // A view that is left before it is read is never mounted.
    onWillDestroy(() => {
        for (const [kind, listener] of listeners) {
            bus.unsubscribe(kind, listener);
        }
    });
}

/** Reload a list, and keep records selected that the user selects in the meantime. */
export async function reloadWithSelection(model) {
    // A second load would end the first one, and the list stay blank.
    await model.whenReady;
    const shown = model.root.records;
    await model.root.load();
    const selected = shown.filter((record) => record.selected);
    const ids = new Set(selected.map((record) => record.resId));
    for (const record of model.root.records) {
        if (ids.has(record.resId)) {
            record.toggleSelection(true);
        }
    }
}

/** Return whether a message about waiting concerns posts of this provider. */
export const concernsProvider = ({providers}, id) =>
    !providers.length || providers.includes(id);
