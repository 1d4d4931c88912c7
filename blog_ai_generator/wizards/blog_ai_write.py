# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..fields import PlainChar
from ..messages import render
from ..utils import open_form


class BlogAiWrite(models.TransientModel):
    """“Write a post”: the form whose brief becomes a generation."""

    _name = "blog.ai.write"
    _description = "Write a Post"
    _inherit = [
        "blog.ai.proposed.brief.mixin",
        "blog.ai.prompt.mixin",
        "blog.ai.voice.choice.mixin",
    ]
    # A program may repeat its request for so long, and gets the first one's generation.
    _transient_max_hours = 24
    # No limit by number.
    _transient_max_count = 0

    topic = PlainChar(required=True)
    topic_id = fields.Many2one("blog.ai.topic", "Topic in the Queue", readonly=True)
    similar_to = fields.Char(compute="_compute_similar_to")
    # True if the person was warned while typing. `similar_to` may have changed since.
    warned = fields.Boolean(
        compute="_compute_warned", store=True, readonly=False, precompute=True
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    # A form is kept for a day only, so it must not block a deletion.
    provider_id = fields.Many2one(ondelete="cascade")
    voice_id = fields.Many2one(ondelete="set null")
    model = PlainChar(
        compute="_compute_model", store=True, readonly=False, precompute=True
    )
    # A choice instead of the brief's Boolean. It is stored as one, too: a page that is
    # open during an upgrade sends "draft", which a Boolean would take for True.
    publish = fields.Selection(
        [("now", "Publish at once"), ("draft", "Keep as a draft")],
        "After Writing",
        required=True,
        default="draft",
    )
    cost_note = fields.Char("Cost", compute="_compute_cost_note")
    budget_note = fields.Char(compute="_compute_budget_note")
    hidden_note = fields.Char(compute="_compute_hidden_note")
    again_id = fields.Many2one(
        "blog.ai.generation", "Written Before", readonly=True, ondelete="set null"
    )
    show_prompt = fields.Boolean("Show the Prompt")
    generation_id = fields.Many2one("blog.ai.generation", readonly=True)
    # One per window: a request that the window repeats has the same key.
    key = fields.Char(default=lambda self: secrets.token_hex())

    _once_a_window = models.UniqueIndex(
        "(key)",
        "This form was already submitted. Find its post under Generations.",
    )

    @api.depends("provider_id")
    def _compute_model(self):
        for wizard in self:
            wizard.model = wizard.provider_id.model

    @api.depends(lambda self: ["provider_id", "model", *self._told_fields()])
    @api.depends_context("lang")
    def _compute_cost_note(self):
        for wizard in self:
            voice = wizard.blog_id._blog_ai_voice_version(wizard.voice_id)
            characters = sum(map(len, wizard._texts())) + voice.octets
            wizard.cost_note = wizard.provider_id and wizard.provider_id._estimate_text(
                wizard.model, wizard.words, characters
            )

    @api.depends("provider_id", "model", "blog_id", "company_id")
    @api.depends_context("lang", "uid")
    def _compute_budget_note(self):
        for wizard in self:
            obstacle = wizard.provider_id and self.env["blog.ai.budget"]._wait_or_why(
                wizard.company_id,
                wizard.blog_id._origin,
                wizard.provider_id._origin,
                wizard.model or "",
            )
            wizard.budget_note = obstacle and render(self.env, obstacle)

    @api.depends("blog_id", "translation_lang_ids")
    @api.depends_context("lang")
    def _compute_hidden_note(self):
        for wizard in self:
            langs = wizard.translation_lang_ids._origin
            wizard.hidden_note = wizard.blog_id._blog_ai_hidden_note(langs)

    @api.depends(
        lambda self: [
            "show_prompt",
            "topic",
            "show_outline",
            "heading_ids.name",
            "heading_ids.sequence",
            "voice_choice",
            "provider_id",
            *self._told_fields(),
        ]
    )
    def _compute_prompt(self):
        return super()._compute_prompt()

    @api.depends("again_id", "voice_id", "blog_id")
    def _compute_voice_note(self):
        return super()._compute_voice_note()

    def _generations_of_then(self):
        """Return the generation that is written again, while its voice is chosen."""
        before = self.again_id.sudo()
        chosen = self.blog_id._blog_ai_voice_version(self.voice_id).voice_id
        is_same = chosen and chosen == before.voice_version_id.voice_id
        return self.again_id if is_same else self.again_id.browse()

    def _generation_shown(self):
        generations = self.env["blog.ai.generation"]
        if not (self.show_prompt and self.topic and self.provider_id):
            return generations
        values = {**self._prepare_generation(), "company_id": self.company_id.id}
        generation = generations.new(values)
        # A voice of another company, which nobody has checked yet, is not shown.
        voice = generation._voice_version().sudo(False)
        return generation if voice.has_access("read") else generations

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

    @api.constrains("topic")
    def _check_topic(self):
        for wizard in self:
            self._check_topic_text(wizard.topic)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_brief_of_topic(vals) for vals in vals_list])

    @api.model
    def _with_brief_of_topic(self, vals: dict) -> dict:
        """Take from the topic what the form does not ask for, such as keywords."""
        context = self.env.context
        topic_id = vals.get("topic_id", context.get("default_topic_id"))
        topic = self.env["blog.ai.topic"].browse(topic_id)
        brief = topic._brief_values() if topic else {}
        # Another brief, such as that of “Write again”, counts more.
        own = {n: value for n, value in brief.items() if f"default_{n}" not in context}
        return {**own, **vals}

    @api.model
    def action_write_values(self, values: dict) -> dict:
        """Save the form and write in one request, where the web client would send two.

        A request that is repeated because its answer was lost opens the generation of
        the first one.

        :param values: the values of the form
        """
        key = values.get("key")
        same = self.search([("key", "=", key)]) if key else self
        return (same or self.create(values)).action_write()

    def action_write(self):
        """Queue the generation and open it; a second click opens the same one.

        Warns first if a similar title has appeared since the person last looked.
        """
        self.ensure_one()
        if not self.generation_id:
            self._check_can_write()
            if not self.warned and self.similar_to:
                self.warned = True
                name = self.env._("Write a post")
                return open_form(self, name=name, target="new")
            # Writing this row, too, makes the second of two simultaneous clicks
            # conflict here. Odoo repeats it, and it finds the first one's generation.
            self.generation_id = (
                self.env["blog.ai.generation"].sudo().create(self._prepare_generation())
            )
        # Without `active_id` the address would contain the wizard's id as if a topic's.
        return open_form(self.generation_id, context={"active_id": False})

    def _check_can_write(self) -> None:
        self.env["blog.post"].check_access("create")
        self.env["blog.ai.generation"]._check_hourly()
        self.blog_id._blog_ai_check_company()
        self.voice_id._check_serves(self.company_id)
        self._check_brief()
        self.provider_id._check_can_write()
        if busy := self.topic_id._being_written():
            raise UserError(busy)

    def _is_published_at_once(self):
        return self.publish == "now"

    def _brief_values(self) -> dict:
        return {**super()._brief_values(), "publish": self.publish == "now"}

    def _prepare_generation(self) -> dict:
        values = {
            **self._brief_values(),
            "topic": self.topic,
            "topic_id": self.topic_id.id,
        }
        if self.voice_choice == "then" and self.voice_note:
            values["voice_version_id"] = self.again_id.sudo().voice_version_id.id
        return values
