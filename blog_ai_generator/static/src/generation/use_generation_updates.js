import {onMounted, onWillUnmount} from "@odoo/owl";

import {useService} from "@web/core/utils/hooks";

const UPDATED = "blog_ai_generator/generation";
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
    const rest = () => {
        isBusy = false;
        if (isAskedFor) {
            isAskedFor = false;
            run();
        }
    };
    onWillUnmount(() => {
        isGone = true;
        clearTimeout(timer);
    });
    return run;
}

/**
 * Reload when the pump or another user has changed one of the generations shown.
 *
 * @param {(ids: number[]) => boolean} isShown
 * @param {() => Promise} reload
 * @param {number} pause in ms, from the end of a reload to the next one
 */
export function useGenerationUpdates(isShown, reload, pause = FRAME) {
    const bus = useService("bus_service");
    const reloadOnce = usePaced(reload, pause);
    let isMounted = false;
    let isMissed = false;
    const onUpdated = ({ids}) => {
        if (!isMounted) {
            isMissed = true;
        } else if (isShown(ids)) {
            reloadOnce();
        }
    };
    bus.subscribe(UPDATED, onUpdated);
    onMounted(() => {
        isMounted = true;
        // An update during the first load may be newer than the loaded data.
        if (isMissed) {
            reloadOnce();
        }
    });
    onWillUnmount(() => bus.unsubscribe(UPDATED, onUpdated));
}
