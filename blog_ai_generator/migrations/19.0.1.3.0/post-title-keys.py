# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

# Scripts with vowel signs, by which titles used to be cut into pieces.
SIGNS = r"[\u0900-\u0dff\u0f00-\u109f\u1700-\u1bff\u200d]"
TITLES = {
    "blog.ai.topic": "SELECT id FROM blog_ai_topic WHERE name ~ %s",
    "blog.ai.generation": "SELECT id FROM blog_ai_generation WHERE topic ~ %s",
    "blog.post": """
        SELECT post.id
          FROM blog_post post
          LEFT JOIN blog_ai_generation asked ON asked.id = post.blog_ai_generation_id
         WHERE concat_ws(' ', post.name, asked.topic) ~ %s
    """,
}


def migrate(cr, version):
    """Compute the keys of titles anew where words have vowel signs."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for model, query in TITLES.items():
        cr.execute(query, [SIGNS])
        records = env[model].browse(row[0] for row in cr.fetchall())
        name = "blog_ai_title_keys" if model == "blog.post" else "title_keys"
        env.add_to_compute(records._fields[name], records)
