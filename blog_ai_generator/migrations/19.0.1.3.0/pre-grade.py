# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
COLUMNS = """
    ALTER TABLE blog_post
        ADD COLUMN IF NOT EXISTS blog_ai_is_generated boolean,
        ADD COLUMN IF NOT EXISTS blog_ai_grade varchar
"""
GENERATED = """
    UPDATE blog_post SET blog_ai_is_generated = TRUE, blog_ai_grade = 'generated'
     WHERE blog_ai_generation_id IS NOT NULL
"""


def migrate(cr, version):
    """Grade posts in one statement; Odoo would compute the columns post by post."""
    cr.execute(COLUMNS)
    cr.execute(GENERATED)
