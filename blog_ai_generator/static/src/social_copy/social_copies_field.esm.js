import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {registry} from "@web/core/registry";

/** List a post's copies, one per network. Nothing can be added once each has one. */
export class SocialCopiesField extends X2ManyField {
    get canCreate() {
        const present = this.list.records.map((record) => record.data.network);
        const networks = this.list.fields.network.selection;
        return super.canCreate && networks.some(([key]) => !present.includes(key));
    }
}

registry.category("fields").add("blog_ai_social_copies", {
    ...x2ManyField,
    component: SocialCopiesField,
    supportedTypes: ["one2many"],
});
