import {useEffect} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {formView} from "@web/views/form/form_view";

import {concernsProvider, useUpdates, WAITS} from "./use_updates.esm";

// Added to the end of a hold, in ms: the clocks of browser and server differ a little.
const LATER = 1000;
// `setTimeout` fires at once above this.
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * The form of a provider or a budget. It is loaded again when posts begin to wait for
 * it or wait no longer, except while somebody is editing it.
 */
export class WaitingFormController extends formView.Controller {
    setup() {
        super.setup();
        const reload = async () => {
            const {root} = this.model;
            if (!root.isNew && !(await root.isDirty())) {
                await root.load();
            }
        };
        useUpdates(
            {
                [WAITS]: (content) => {
                    const {resModel, resId} = this.model.root;
                    const id = resModel === "blog.ai.provider" ? resId : null;
                    return concernsProvider(content, id);
                },
            },
            reload
        );
        // A hold ends without a write, so no message comes: use a timer.
        useEffect(
            (end) => {
                if (end) {
                    const pause = Math.max(end - Date.now(), 0) + LATER;
                    const timer = setTimeout(reload, Math.min(pause, LONGEST_TIMER));
                    return () => clearTimeout(timer);
                }
            },
            () => {
                const {is_on_hold: isOnHold, hold_until: end} = this.model.root.data;
                return [isOnHold && end.toMillis()];
            }
        );
    }
}

registry.category("views").add("blog_ai_waiting_form", {
    ...formView,
    Controller: WaitingFormController,
});
