# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Screens of Odoo's own, and what axe-core finds wrong there.

What Odoo draws in the same way on our screens is not ours to mend. That it does is
measured: each entry of ``THEIRS`` counts only after an element like it was found on a
screen of this file.
"""

from .screen_case import FORM, LOADED, form, screen

# The very elements, by rule. Colors need no entry: a text of ours may have the two
# colors of a text on a screen of Odoo.
THEIRS = {
    "aria-allowed-attr": [
        "input.o-autocomplete--input",
        ".o_select_menu > .dropdown-toggle",
        ".o_tag.o_badge",
    ],
    "aria-allowed-role": ["article.o_kanban_record[role=link]"],
    "aria-required-parent": [".o_notebook_headers .nav-link"],
    "autocomplete-valid": ["input.o_select_menu_input"],
    "button-name": [
        ".o_optional_columns_dropdown > button",
        ".o_calendar_view button.oi-panel-right",
    ],
    "empty-table-header": [
        "th.o_list_record_selector",
        "th.o_list_actions_header",
        "th.o_handle_cell",
        "th.o_list_button",
        # The column of a widget that is no field.
        ".o_list_table thead th:not([data-name], [class])",
        ".o_group_header > th:not(.o_group_name)",
        ".o_pivot th.bg-100",
    ],
    "image-alt": [".o_m2o_avatar > img"],
    "label": [
        ".o_list_record_selector > .o-checkbox > input",
        "td.o_data_cell > .o-checkbox > input:disabled",
        ".o_calendar_filter_items_checkall > input",
        ".o_field_color > input[type=color]",
    ],
    "label-content-name-mismatch": [
        "td.fc-day",
        ".o_field_website_redirect_button > .oe_stat_button",
    ],
    # A window of Odoo is a page in a page.
    "landmark-main-is-top-level": [".modal main.o_content"],
    "landmark-no-duplicate-banner": ["header.modal-header"],
    "landmark-no-duplicate-main": ["main.modal-body"],
    "landmark-unique": ["main.modal-body"],
}
# Elements that Odoo draws on a phone only.
ON_PHONES = {
    "button-name": ["button.o_button_more"],
    "scrollable-region-focusable": [
        ".o_pivot.table-responsive",
        ".o_other_calendar_panel > .o_filter",
    ],
}


def odoo_screens(env) -> list[dict]:
    """Return screens with everything that ``THEIRS`` and ``ON_PHONES`` name."""
    contact = env["res.partner"].create({"name": "Contact"})
    kinds = env["mail.activity.type"].search([])
    activity = {"user_id": env.uid, "res_id": contact.id}
    activity["res_model_id"] = env["ir.model"]._get_id("res.partner")
    env["mail.activity"].create(
        [{**activity, "activity_type_id": kind.id} for kind in kinds]
    )
    env["mail.mail"].create({"subject": "Waiting to be sent"})
    modules = [("name", "in", ["base", "crm"])]
    # More columns than fit on a phone.
    wide = {"pivot_column_groupby": ["ttype"]}
    forms = {
        "contact": contact,
        "kind of activity": kinds[0],
        "language": env.ref("base.lang_en"),
        "menu": env["website.menu"].search([], limit=1),
        "module": env.ref("base.module_website_blog"),
        "scheduled action": env.ref("base.autovacuum_job"),
        "website": env["website"].search([], limit=1),
    }
    window = {**form(env["base.language.install"]), "target": "new"}
    colors = {**form(env["base.document.layout"]), "target": "new"}
    return [
        *(screen(f"Odoo's {name}", form(it)) for name, it in forms.items()),
        screen("Odoo's window", window, FORM),
        screen("Odoo's colors", colors, ".modal .o_field_color"),
        view("ir.module.module", "list", domain=modules),
        view("blog.post", "list"),
        view("mail.activity", "list"),
        view("mail.mail", "list"),
        view("ir.cron", "list", context={"group_by": ["interval_type"]}),
        view("mail.activity", "calendar"),
        view("ir.cron", "kanban"),
        view("ir.model.fields", "pivot", context=wide),
    ]


def view(model: str, kind: str, **values) -> dict:
    action = {"type": "ir.actions.act_window", "res_model": model}
    action |= {"views": [(False, kind)], "mobile_view_mode": kind, **values}
    return screen(f"Odoo's {kind} of {model}", action, LOADED[kind])
