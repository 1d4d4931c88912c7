import {onMounted, onWillUnmount, useEffect} from "@odoo/owl";

import {ConnectionLostError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {formView} from "@web/views/form/form_view";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";

import {FittingListRenderer} from "../list/fitting_list.esm";
import {
    concernsProvider,
    GENERATIONS,
    reloadWithSelection,
    useUpdates,
    WAITS,
} from "../updates/use_updates.esm";
import {NamedButtonBox} from "./button_box.esm";

const IN_PROGRESS = ["queued", "writing"];
// Polling interval in ms, for sites whose proxy blocks the websocket.
const LOOK_ANYWAY = 10000;
// A ready draft has its main button in the banner.
const MAIN_BUTTON = ":is(.o_form_statusbar, [data-blog-ai=done]) button.btn-primary";
// Pause in ms between two reloads of a list. The pump may announce hundreds of changes a
// minute, and each reload costs several queries for every user who has a list open.
const LIST_PAUSE = 1000;

/** Send the number of attempts that the user saw along with “Retry”. */
const tellSeen = (Controller) =>
    class extends Controller {
        async beforeExecuteActionButton(clickParams) {
            if (clickParams.name === "action_retry") {
                const records = this.model.root.selection || [this.model.root];
                clickParams.buttonContext = {
                    ...clickParams.buttonContext,
                    blog_ai_attempts_seen: Object.fromEntries(
                        records.map((record) => [record.resId, record.data.attempts])
                    ),
                };
            }
            return super.beforeExecuteActionButton(clickParams);
        }
    };

export class GenerationFormController extends tellSeen(formView.Controller) {
    static components = {...formView.Controller.components, ButtonBox: NamedButtonBox};

    setup() {
        super.setup();
        let timer = null;
        let isGone = false;
        const reload = async () => {
            try {
                await this.model.root.load();
            } catch (error) {
                if (isGone || error instanceof ConnectionLostError) {
                    // Ignore it: the view is gone, or the next poll tries again.
                    return;
                }
                // Deleted or no longer accessible. Go back instead of failing every time.
                clearInterval(timer);
                this.env.config.historyBack();
            }
        };
        // A form that is left before it is read is never mounted.
        onMounted(() => {
            timer = setInterval(() => {
                if (IN_PROGRESS.includes(this.model.root.data?.state)) {
                    reload();
                }
            }, LOOK_ANYWAY);
        });
        useUpdates(
            {
                [GENERATIONS]: ({ids}) => ids.includes(this.model.root.resId),
                [WAITS]: (content) => {
                    const {state, provider_id: provider} = this.model.root.data;
                    return (
                        state === "queued" && concernsProvider(content, provider?.id)
                    );
                },
            },
            reload
        );
        // Focus the main button of the new state, as Odoo does when a form opens.
        useEffect(
            () => {
                if (document.activeElement === document.body) {
                    this.rootRef.el.querySelector(MAIN_BUTTON)?.focus();
                }
            },
            () => [this.model.root.data?.state]
        );
        onWillUnmount(() => {
            isGone = true;
            clearInterval(timer);
        });
    }
}

/** Reload a list or kanban on updates, but not while records are selected. */
const followUpdates = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            let isOld = false;
            const selected = () => this.model.root.selection?.length || 0;
            useUpdates(
                {
                    [GENERATIONS]: () => {
                        isOld = selected() > 0;
                        return !isOld;
                    },
                },
                () => reloadWithSelection(this.model),
                LIST_PAUSE
            );
            // Covers updates that arrived during a button's own reload, too.
            useEffect(
                (count) => {
                    if (!count && isOld) {
                        isOld = false;
                        reloadWithSelection(this.model);
                    }
                },
                () => [selected()]
            );
        }
    };

const views = registry.category("views");
views.add("blog_ai_generation_form", {
    ...formView,
    Controller: GenerationFormController,
});
views.add("blog_ai_generation_list", {
    ...listView,
    Controller: tellSeen(followUpdates(listView.Controller)),
    Renderer: FittingListRenderer,
});
views.add("blog_ai_generation_kanban", {
    ...kanbanView,
    Controller: followUpdates(kanbanView.Controller),
});
