# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .blog_post import EDITORS


class BlogBlogCampaign(models.Model):
    """The campaign under which Odoo counts the clicks on a blog's links."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_campaign_id = fields.Many2one(
        "utm.campaign",
        "Campaign of AI Posts",
        ondelete="set null",
        copy=False,
        groups=EDITORS,
        help="Clicks on the links in texts for networks are counted for this campaign. "
        "Leave empty for one with the name of the blog, made at the first click.",
    )

    def _blog_ai_campaign(self):
        # In the blog's language, not that of the first visitor.
        if not self.blog_ai_campaign_id:
            blog = self.with_context(lang=self._blog_ai_lang())
            blog.blog_ai_campaign_id = blog.env["utm.campaign"].create(
                {"title": blog.name}
            )
        return self.blog_ai_campaign_id
