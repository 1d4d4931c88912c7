# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..llm.picture import STYLE_LIMIT
from ..messages import Message, render
from .blog_blog_cover import CHOICES


class BlogBlogPicture(models.Model):
    """Choose who makes the pictures of a blog, and how they look."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_picture_provider_id = fields.Many2one(
        "blog.ai.provider",
        "Provider of Pictures",
        ondelete="set null",
        groups="website.group_website_designer",
        help="Leave empty for the company's default provider.",
    )
    blog_ai_picture_model = fields.Char(
        "Model for Pictures",
        groups="website.group_website_designer",
        help="Leave empty for the model that the service offers for pictures.",
    )
    blog_ai_picture_model_warning = fields.Char(
        "Note on the Model for Pictures",
        compute="_compute_blog_ai_picture_model_warning",
        groups="website.group_website_designer",
    )
    blog_ai_picture_style = fields.Char(
        "Style of Pictures",
        size=STYLE_LIMIT,
        groups="website.group_website_designer",
        help="How generated pictures look, such as “watercolor in soft light, no "
        "people”. Leave empty to let the model decide.",
    )

    @api.depends(*CHOICES, "blog_ai_picture_provider_id", "blog_ai_picture_model")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_blog_ai_picture_model_warning(self):
        for blog in self:
            warning = None
            if "generated" in blog._blog_ai_cover_sources():
                company = blog.website_id.company_id or self.env.company
                provider, model, _obstacle = blog._blog_ai_painter(company)
                # An empty name would warn about the model that writes.
                warning = provider._model_warning(model) if model else None
            text = warning and render(self.env, warning)
            blog.blog_ai_picture_model_warning = text

    @api.constrains("blog_ai_picture_provider_id", "website_id")
    def _check_blog_ai_picture_provider(self):
        for blog in self.sudo():
            provider = blog.blog_ai_picture_provider_id
            company = blog.website_id.company_id
            if provider and company:
                provider._check_serves(company)
            if provider and (obstacle := provider._picture_obstacle()):
                raise ValidationError(render(self.env, obstacle))

    def _blog_ai_painter(self, company) -> tuple:
        """Return who makes pictures for a company: provider, model and an obstacle.

        :return: the obstacle is a ``Message``, or None
        """
        blog = self.sudo()
        chosen = blog.blog_ai_picture_provider_id
        provider = chosen or company._blog_ai_default_provider().sudo()
        if not provider:
            return provider, "", Message("provider.none")
        model = blog.blog_ai_picture_model or provider._preset().picture_model
        obstacle = provider._obstacle_for(company) or provider._picture_obstacle()
        if not obstacle and not model:
            obstacle = Message("picture.no_model", {"name": provider.name})
        return provider, model, obstacle
