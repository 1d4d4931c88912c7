import {mountView} from "@web/../tests/web_test_helpers";

/** @param {number|false} resId of a post; false for a new one */
export const mountPost = (resId) =>
    mountView({
        type: "form",
        resModel: "post",
        resId,
        arch: `
            <form>
                <field name="social_ids" mode="kanban">
                    <kanban can_open="False">
                        <templates>
                            <t t-name="card">
                                <field name="text" widget="blog_ai_social_text"/>
                            </t>
                        </templates>
                    </kanban>
                </field>
            </form>`,
    });
