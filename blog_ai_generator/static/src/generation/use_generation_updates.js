import {onMounted, onWillUnmount} from "@odoo/owl";

import {useService} from "@web/core/utils/hooks";
import {useThrottleForAnimation} from "@web/core/utils/timing";

const UPDATED = "blog_ai_generator/generation";

/**
 * Calls back when the pump or somebody else has changed one of the generations shown.
 *
 * @param {(ids: number[]) => boolean} isShown
 * @param {() => Promise} reload
 */
export function useGenerationUpdates(isShown, reload) {
    const bus = useService("bus_service");
    const reloadOnce = useThrottleForAnimation(reload);
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
