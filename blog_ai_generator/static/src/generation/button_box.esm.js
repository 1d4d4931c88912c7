import {ButtonBox} from "@web/views/form/button_box/button_box";

/** Buttons whose menu has its name on a phone, too, where Odoo draws a bolt alone. */
export class NamedButtonBox extends ButtonBox {
    static template = "blog_ai_generator.ButtonBox";
}
