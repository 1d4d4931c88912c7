# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.blog_ai_generation import LENGTHS


class BlogAiWrite(models.TransientModel):
    """“Write a post”: what a person asks for, before it becomes a generation."""

    _name = "blog.ai.write"
    _description = "Write a Post"

    topic = fields.Char(required=True)
    topic_id = fields.Many2one("blog.ai.topic", "From the Queue", readonly=True)
    similar_to = fields.Char(compute="_compute_similar_to")
    notes = fields.Text()
    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        domain=lambda self: self._blog_domain(),
        default=lambda self: self.env["blog.blog"].search(self._blog_domain(), limit=1),
    )
    tag_ids = fields.Many2many("blog.tag", string="Tags")
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language",
        required=True,
        default=lambda self: self._default_lang(),
    )
    words = fields.Selection(LENGTHS, "Length", required=True, default="800")
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    provider_id = fields.Many2one(
        "blog.ai.provider",
        required=True,
        domain="[('company_id', 'in', [company_id, False])]",
        compute="_compute_provider_id",
        store=True,
        readonly=False,
        precompute=True,
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
        string="Notify",
        compute="_compute_recipient_ids",
        store=True,
        readonly=False,
        precompute=True,
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

    @api.depends("blog_id")
    def _compute_recipient_ids(self):
        for wizard in self:
            wizard.recipient_ids = wizard.blog_id._blog_ai_recipients()

    @api.depends("provider_id")
    def _compute_model(self):
        for wizard in self:
            wizard.model = wizard.provider_id.model

    @api.model
    def _blog_domain(self) -> list:
        """The blogs of the companies that are ticked, and those of no website."""
        return [
            "|",
            ("website_id", "=", False),
            ("website_id.company_id", "in", self.env.companies.ids),
        ]

    @api.depends("blog_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.blog_id.website_id.company_id or self.env.company

    @api.depends("company_id")
    def _compute_provider_id(self):
        for wizard in self:
            if (
                wizard.provider_id.company_id
                not in (
                    wizard.company_id,
                    self.env["res.company"],
                )
                or not wizard.provider_id
            ):
                wizard.provider_id = wizard.company_id._blog_ai_default_provider()

    @api.depends("topic", "blog_id")
    def _compute_similar_to(self):
        for wizard in self:
            wizard.similar_to = (
                wizard.topic
                and wizard.blog_id
                and wizard.blog_id._blog_ai_find_similar(
                    wizard.topic, topic=wizard.topic_id
                )
            )

    @api.constrains("topic", "notes")
    def _check_topic(self):
        for wizard in self:
            self.env["blog.ai.generation"]._check_words(wizard.topic, wizard.notes)

    def action_write(self):
        """Queue the generation and open it; a second click opens the same one."""
        self.ensure_one()
        if not self.generation_id:
            self.env["blog.post"].check_access("create")
            if self.company_id not in self.env.companies:
                raise UserError(
                    self.env._(
                        "The blog %(blog)s belongs to %(company)s. Switch to that "
                        "company, or choose another blog.",
                        blog=self.blog_id.name,
                        company=self.company_id.sudo().name,
                    )
                )
            self.provider_id._check_can_write()
            if self.topic_id.state == "writing":
                raise UserError(
                    self.env._(
                        "“%(topic)s” is being written already: open its generation "
                        "instead. Write it a second time once that has ended.",
                        topic=self.topic_id.name,
                    )
                )
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
            "topic_id": self.topic_id.id,
            "keywords": self.topic_id.keywords,
            "author_id": self.topic_id.author_id.id,
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
