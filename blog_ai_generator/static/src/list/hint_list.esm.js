import {registry} from "@web/core/registry";
import {listView} from "@web/views/list/list_view";

import {FittingListRenderer} from "./fitting_list.esm";

/** A list that says above its rows what to do with them: `blog_ai_hint` of its context. */
export class HintListRenderer extends FittingListRenderer {
    static template = "blog_ai_generator.HintList";

    get hint() {
        return this.props.list.records.length && this.props.list.context.blog_ai_hint;
    }
}

registry
    .category("views")
    .add("blog_ai_hint_list", {...listView, Renderer: HintListRenderer});
