# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
VIEW = """
    UPDATE ir_ui_view SET arch_db = '{"en_US": "<data/>"}'
     WHERE id IN (
        SELECT res_id FROM ir_model_data
         WHERE module = 'blog_ai_generator'
           AND model = 'ir.ui.view'
           AND name = 'blog_ai_generation_view_form_translation'
    )
"""


def migrate(cr, version):
    """Empty a view that changes a button which the form no longer has.

    Odoo loads the form first, and validates it with the earlier version of this view.
    Translations of this view that somebody edited in the database are lost.
    """
    cr.execute(VIEW)
