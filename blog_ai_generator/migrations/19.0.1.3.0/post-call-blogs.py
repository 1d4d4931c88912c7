# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
BLOGS = (
    """
    UPDATE blog_ai_call call SET blog_id = generation.blog_id
      FROM blog_ai_generation generation
     WHERE generation.id = call.generation_id AND call.blog_id IS NULL
    """,
    """
    UPDATE blog_ai_call call SET blog_id = ask.blog_id
      FROM blog_ai_ask ask
     WHERE ask.call_id = call.id AND call.blog_id IS NULL
    """,
)


def migrate(cr, version):
    """Give each call the blog for which it was paid."""
    for query in BLOGS:
        cr.execute(query)
