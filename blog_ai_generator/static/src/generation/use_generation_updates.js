import {onMounted, onWillUnmount} from "@odoo/owl";

import {useService} from "@web/core/utils/hooks";

const UPDATED = "blog_ai_generator/generation";
// What a form shows of one generation is there as soon as it can be seen.
const FRAME = 16;

/**
 * A function that calls `reload` at once, and while that goes on or was a moment ago,
 * once more after it for all that is asked for meanwhile.
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
 * Calls back when the pump or somebody else has changed one of the generations shown.
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
        // What came while the first data was on its way may be newer than that.
        if (isMissed) {
            reloadOnce();
        }
    });
    onWillUnmount(() => bus.unsubscribe(UPDATED, onUpdated));
}
