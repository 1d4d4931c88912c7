import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {formView} from "@web/views/form/form_view";

import {WaitingFormController} from "../updates/waiting_form.esm";
import {ASKED} from "../wait/ask_service.esm";

/** Show what a connection test or the list of models has changed. */
export class ProviderFormController extends WaitingFormController {
    setup() {
        super.setup();
        this.asks = useService("blog_ai_ask");
        useBus(this.env.bus, ASKED, ({detail}) =>
            detail.shown.push(this.onAsked(detail.provider))
        );
    }

    async onRecordSaved() {
        await super.onRecordSaved(...arguments);
        // The key that was refused may be another one now.
        this.asks.forget();
    }

    /** Return whether the form shows how the call to this provider ended. */
    async onAsked(provider) {
        const {root} = this.model;
        // Keep what somebody types meanwhile.
        const isShown = root.resId === provider && !(await root.isDirty());
        if (isShown) {
            await root.load();
        }
        return isShown;
    }
}

registry.category("views").add("blog_ai_provider_form", {
    ...formView,
    Controller: ProviderFormController,
});
