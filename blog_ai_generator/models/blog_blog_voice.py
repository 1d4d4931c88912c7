# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BlogBlogVoice(models.Model):
    """The voice of a blog's posts, where the brief chooses no other one."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_voice_id = fields.Many2one(
        "blog.ai.voice",
        "Voice of AI Posts",
        ondelete="restrict",
        groups="website.group_website_designer",
        help="How generated posts speak. Leave empty to let the model decide.",
    )

    @api.constrains("blog_ai_voice_id", "website_id")
    def _check_blog_ai_voice(self):
        for blog in self.sudo():
            if company := blog.website_id.company_id:
                blog.blog_ai_voice_id._check_serves(company)

    def _blog_ai_voice_version(self, voice):
        """Return the present version of a voice, by default of the blog's."""
        return (voice.sudo() or self.sudo().blog_ai_voice_id).version_id
