# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..fields import PlainChar, PlainText
from ..models.blog_ai_generation import LENGTHS


class BlogAiWrite(models.TransientModel):
    """“Write a post”: what a person asks for, before it becomes a generation."""

    _name = "blog.ai.write"
    _description = "Write a Post"
    _inherit = ["blog.ai.lang"]

    topic = PlainChar(required=True)
    topic_id = fields.Many2one("blog.ai.topic", "Topic in the Queue", readonly=True)
    similar_to = fields.Char(compute="_compute_similar_to")
    # Kept from what the person saw while typing: it may be another window's by now.
    warned = fields.Boolean(
        compute="_compute_warned", store=True, readonly=False, precompute=True
    )
    notes = PlainText()
    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        domain=lambda self: self.env["blog.blog"]._blog_ai_domain(),
        default=lambda self: self.env["blog.blog"]._blog_ai_default(),
    )
    tag_ids = fields.Many2many("blog.tag", string="Tags")
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
    model = PlainChar(
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
        string="Recipients",
        compute="_compute_recipient_ids",
        store=True,
        readonly=False,
        precompute=True,
        help="They are mailed when the post is published.",
    )
    generation_id = fields.Many2one("blog.ai.generation", readonly=True)
    # Of the window: the same for whatever it sends again.
    key = fields.Char(default=lambda self: secrets.token_hex())

    _once_a_window = models.UniqueIndex(
        "(key)",
        "This window has asked for its post already. Find it under Generations.",
    )

    @api.depends("blog_id")
    def _compute_recipient_ids(self):
        for wizard in self:
            wizard.recipient_ids = wizard.blog_id._blog_ai_recipients()

    @api.depends("provider_id")
    def _compute_model(self):
        for wizard in self:
            wizard.model = wizard.provider_id.model

    @api.depends("blog_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.blog_id.website_id.company_id or self.env.company

    @api.depends("company_id")
    def _compute_provider_id(self):
        for wizard in self:
            wizard.provider_id = wizard.provider_id._or_default(wizard.company_id)

    @api.depends("topic", "blog_id", "company_id")
    def _compute_similar_to(self):
        for wizard in self:
            wizard.similar_to = (
                wizard.topic
                and wizard.blog_id
                and wizard.blog_id._blog_ai_find_similar(
                    wizard.topic, wizard.company_id, topic=wizard.topic_id
                )
            )

    @api.depends("similar_to")
    def _compute_warned(self):
        for wizard in self:
            wizard.warned = bool(wizard.similar_to)

    @api.constrains("topic", "notes")
    def _check_topic(self):
        for wizard in self:
            self.env["blog.ai.generation"]._check_words(wizard.topic, wizard.notes)

    @api.model
    def action_write_values(self, values: dict) -> dict:
        """“Write” in one request, where the web client would save first.

        A request that is repeated, since its answer was lost, opens the generation of
        the first one.

        :param values: of the form
        """
        key = values.get("key")
        same = self.search([("key", "=", key)]) if key else self
        return (same or self.create(values)).action_write()

    def action_write(self):
        """Queue the generation and open it; a second click opens the same one.

        Warns first where something like it has come up since the person last looked.
        """
        self.ensure_one()
        if not self.generation_id:
            self.env["blog.post"].check_access("create")
            self.blog_id._blog_ai_check_company()
            self.provider_id._check_can_write()
            if busy := self.topic_id._being_written():
                raise UserError(busy)
            if not self.warned and self.similar_to:
                self.warned = True
                return self._open_again()
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
            # Else the wizard's id stands in the address, as if it were a topic's.
            "context": {"active_id": False},
        }

    def _open_again(self) -> dict:
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a post"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
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
