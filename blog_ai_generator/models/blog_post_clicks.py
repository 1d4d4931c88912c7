# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from .blog_post import EDITORS
from .blog_post_social import COPIES


class BlogPostClicks(models.Model):
    """The clicks on the links in a post's texts for networks."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_clicks = fields.Integer(
        "Clicks",
        compute="_compute_blog_ai_clicks",
        groups=EDITORS,
        help="Clicks on the short links in the texts for networks.",
    )

    def _compute_blog_ai_clicks(self):
        self.env["link.tracker"].flush_model(["count"])
        for model in COPIES:
            self.env[model].flush_model(["tracker_id"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH social AS (
                    SELECT post_id, tracker_id FROM blog_post_social
                     WHERE post_id = ANY(%(posts)s) AND tracker_id IS NOT NULL
                     UNION
                    SELECT post_id, tracker_id FROM blog_post_social_translation
                     WHERE post_id = ANY(%(posts)s) AND tracker_id IS NOT NULL)
                SELECT social.post_id, SUM(tracker.count)
                  FROM social
                  JOIN link_tracker tracker ON tracker.id = social.tracker_id
                 GROUP BY social.post_id
                """,
                posts=self.ids,
            )
        )
        clicks = dict(rows)
        for post in self:
            post.blog_ai_clicks = clicks.get(post.id, 0)
