import {onWillUnmount, useEffect} from "@odoo/owl";

import {ConnectionLostError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {formView} from "@web/views/form/form_view";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";

import {FittingListRenderer} from "../list/fitting_list";
import {useGenerationUpdates} from "./use_generation_updates";

const IN_PROGRESS = ["queued", "writing"];
// Where a proxy lets no websocket through, the form still moves, if slowly.
const LOOK_ANYWAY = 10000;
// The pump may tell of hundreds of generations a minute, and each reload of a list is
// several queries of each person who has one open.
const LIST_PAUSE = 1000;

/** Tells the server how often was tried what a person wants to be tried again. */
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
    setup() {
        super.setup();
        const timer = setInterval(() => {
            if (IN_PROGRESS.includes(this.model.root.data?.state)) {
                reload();
            }
        }, LOOK_ANYWAY);
        const reload = async () => {
            try {
                await this.model.root.load();
            } catch (error) {
                if (error instanceof ConnectionLostError) {
                    // A restart: the next look may find the server again.
                    return;
                }
                // Deleted meanwhile, or out of reach: said once, by going back.
                clearInterval(timer);
                this.env.config.historyBack();
            }
        };
        useGenerationUpdates((ids) => ids.includes(this.model.root.resId), reload);
        // As on opening a form: what there is to do now is one key away.
        useEffect(
            () => {
                if (document.activeElement === document.body) {
                    this.rootRef.el
                        .querySelector(".o_form_statusbar button.btn-primary")
                        ?.focus();
                }
            },
            () => [this.model.root.data?.state]
        );
        onWillUnmount(() => clearInterval(timer));
    }
}

/** Reloads a list or kanban, at once or after a person has done something with it. */
const followUpdates = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            let isOld = false;
            const selected = () => this.model.root.selection?.length || 0;
            useGenerationUpdates(
                () => {
                    isOld = selected() > 0;
                    return !isOld;
                },
                () => this.reloadWithSelection(),
                LIST_PAUSE
            );
            // Also what came while a button's own reload was on its way.
            useEffect(
                (count) => {
                    if (!count && isOld) {
                        isOld = false;
                        this.reloadWithSelection();
                    }
                },
                () => [selected()]
            );
        }

        /** What is selected while the new records are on their way stays selected. */
        async reloadWithSelection() {
            const shown = this.model.root.records;
            await this.model.root.load();
            const selected = shown.filter((record) => record.selected);
            const ids = new Set(selected.map((record) => record.resId));
            for (const record of this.model.root.records) {
                if (ids.has(record.resId)) {
                    record.toggleSelection(true);
                }
            }
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
