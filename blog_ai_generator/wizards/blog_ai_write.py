# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..models.blog_ai_generation import LENGTHS


class BlogAiWrite(models.TransientModel):
    """“Write a post”: what a person asks for, before it becomes a generation."""

    _name = "blog.ai.write"
    _description = "Write a Post"

    topic = fields.Char(required=True)
    notes = fields.Text()
    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        default=lambda self: self.env["blog.blog"].search([], limit=1),
    )
    tag_ids = fields.Many2many("blog.tag", string="Tags")
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language",
        required=True,
        default=lambda self: self._default_lang(),
    )
    words = fields.Selection(LENGTHS, "Length", required=True, default="800")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    provider_id = fields.Many2one(
        "blog.ai.provider",
        required=True,
        domain="[('company_id', 'in', [company_id, False])]",
        default=lambda self: self.env.company._blog_ai_default_provider(),
    )
    available_models = fields.Json(related="provider_id.available_models")
    model = fields.Char(
        compute="_compute_model", store=True, readonly=False, precompute=True
    )
    publish = fields.Selection(
        [("now", "Publish at once"), ("draft", "Keep as a draft")],
        "When Written",
        required=True,
        default="draft",
    )
    recipient_ids = fields.Many2many(
        "res.partner",
        string="Tell",
        default=lambda self: self.env.company.sudo().blog_ai_recipient_ids,
        help="They are mailed when the post is published.",
    )
    generation_id = fields.Many2one("blog.ai.generation", readonly=True)

    @api.model
    def _selection_lang(self) -> list[tuple[str, str]]:
        return self.env["res.lang"].get_installed()

    @api.model
    def _default_lang(self) -> str:
        website = self.env["website"].get_current_website()
        return website.default_lang_id.code or self.env.lang or "en_US"

    @api.depends("provider_id")
    def _compute_model(self):
        for wizard in self:
            wizard.model = wizard.provider_id.model

    def action_write(self):
        """Queue the generation and open it; a second click opens the same one."""
        self.ensure_one()
        if not self.generation_id:
            self.env["blog.post"].check_access("create")
            self.provider_id._check_can_write()
            # Written on this row too: of two clicks at once, the second one conflicts
            # here, is repeated by Odoo and finds the first one's generation.
            self.generation_id = (
                self.env["blog.ai.generation"].sudo().create(self._prepare_generation())
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "blog.ai.generation",
            "res_id": self.generation_id.id,
            "views": [(False, "form")],
        }

    def _prepare_generation(self) -> dict:
        return {
            "topic": self.topic,
            "notes": self.notes,
            "blog_id": self.blog_id.id,
            "tag_ids": [fields.Command.set(self.tag_ids.ids)],
            "lang": self.lang,
            "words": self.words,
            "provider_id": self.provider_id.id,
            "model": self.model,
            "publish": self.publish == "now",
            "recipient_ids": [fields.Command.set(self.recipient_ids.ids)],
        }
