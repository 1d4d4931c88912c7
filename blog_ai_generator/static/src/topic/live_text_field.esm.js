import {useEffect} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {TextField, textField} from "@web/views/fields/text/text_field";

const PAUSE = 300;

/** A text whose form follows while somebody types, not only when they leave it. */
export class LiveTextField extends TextField {
    setup() {
        super.setup();
        const commit = useDebounced(
            () => this.textareaRef.el?.dispatchEvent(new Event("change")),
            PAUSE
        );
        useEffect(
            (textarea) => {
                textarea?.addEventListener("input", commit);
                return () => textarea?.removeEventListener("input", commit);
            },
            () => [this.textareaRef.el]
        );
    }

    /** Keep the line break that was just typed, which is trimmed when it is saved. */
    parse(value) {
        return value;
    }
}

registry.category("fields").add("blog_ai_live_text", {
    ...textField,
    component: LiveTextField,
});
