# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..utils import installed_languages, open_form


class BlogAiTranslate(models.TransientModel):
    """“Translate”: the form whose posts and languages become generations."""

    _name = "blog.ai.translate"
    _description = "Translate Posts"

    post_ids = fields.Many2many("blog.post", string="Posts", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    source_lang = fields.Selection(
        installed_languages,
        "Translate From",
        compute="_compute_source_lang",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    lang_ids = fields.Many2many("res.lang", string="Translate Into")
    lang_note = fields.Char(compute="_compute_lang_note")
    waiting_note = fields.Text(compute="_compute_waiting_note")
    provider_id = fields.Many2one(
        "blog.ai.provider",
        domain="[('company_id', 'in', [company_id, False])]",
        compute="_compute_provider_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="cascade",
    )
    cost_note = fields.Char("Cost", compute="_compute_cost_note")
    publish = fields.Selection(
        [("now", "Show it at once"), ("review", "Wait for review")],
        "After Translating",
        required=True,
        default="review",
    )

    @api.depends("post_ids")
    def _compute_company_id(self):
        for wizard in self:
            company = wizard.post_ids.blog_id.website_id.company_id[:1]
            wizard.company_id = company or self.env.company

    @api.depends("post_ids")
    def _compute_source_lang(self):
        for wizard in self:
            post = wizard.post_ids[:1]
            wizard.source_lang = post and post._blog_ai_source_lang()

    @api.depends("post_ids")
    def _compute_provider_id(self):
        for wizard in self:
            generation = wizard.post_ids[:1].sudo().blog_ai_generation_id
            provider = generation._asked_for()
            wizard.provider_id = provider._or_default(wizard.company_id)

    @api.depends("post_ids", "source_lang", "lang_ids", "provider_id")
    @api.depends_context("lang")
    def _compute_cost_note(self):
        for wizard in self:
            chosen = (wizard.post_ids, wizard.lang_ids, wizard.provider_id)
            wizard.cost_note = all(chosen) and wizard._cost_note()

    def _cost_note(self) -> str | bool:
        posts, count = self.post_ids._origin, len(self.lang_ids)
        try:
            lengths = [post._blog_ai_length_in(self.source_lang) for post in posts]
        except UserError:
            return False  # the button says why nothing can be translated
        return self.provider_id._estimate_translations(lengths, count)

    @api.depends("post_ids", "lang_ids")
    @api.depends_context("lang")
    def _compute_lang_note(self):
        is_alone = len(installed_languages(self)) < 2
        for wizard in self:
            langs = wizard.lang_ids._origin
            blogs = wizard.post_ids.blog_id._origin
            notes = [blog._blog_ai_hidden_note(langs) for blog in blogs]
            wizard.lang_note = next(filter(None, notes), False)
            if is_alone:
                wizard.lang_note = self.env._(
                    "No other language is installed. An administrator can add some "
                    "under Website ▸ Configuration ▸ Settings."
                )

    @api.depends("post_ids")
    @api.depends_context("lang")
    def _compute_waiting_note(self):
        names = dict(installed_languages(self))
        generations = self.env["blog.ai.generation"]
        for wizard in self:
            waiting = generations._waiting_translations(wizard.post_ids._origin)
            found = waiting.grouped(
                lambda it: (names.get(it.lang, it.lang), it.state == "done")
            )
            lines = [wizard._waiting_line(*key, found[key]) for key in sorted(found)]
            wizard.waiting_note = "\n".join(lines)

    def _waiting_line(self, language: str, is_done: bool, waiting) -> str:
        values = {
            "language": language,
            "titles": ", ".join(waiting.translated_post_id.mapped("name")),
        }
        if is_done:
            return self.env._(
                "%(language)s: a translation is waiting for review already "
                "(%(titles)s). Choose the language only to have another one written.",
                **values,
            )
        return self.env._(
            "%(language)s: being translated now (%(titles)s). Wait until that is done.",
            **values,
        )

    def action_translate(self):
        """Queue a generation for each post and language, and open what is queued."""
        self.ensure_one()
        self._check_can_translate()
        generations = self.env["blog.ai.generation"].sudo()
        chosen = {
            "provider_id": self.provider_id.id,
            "publish": self.publish == "now",
            "user_id": self.env.uid,
        }
        generations = generations.create(
            [
                generations._prepare_translation(post, self.source_lang, code) | chosen
                for post in self.post_ids
                for code in self.lang_ids.mapped("code")
            ]
        )
        if len(generations) == 1:
            return open_form(generations, context={"active_id": False})
        return generations._open_translations([("id", "in", generations.ids)])

    def _check_can_translate(self) -> None:
        posts = self.env["blog.post"]
        posts.check_access("create")
        self.post_ids.check_access("write")
        if not self.lang_ids:
            raise UserError(self.env._("Choose at least one language."))
        if self.source_lang in self.lang_ids.mapped("code"):
            raise UserError(
                self.env._(
                    "The posts are written in %(language)s. Choose other languages to "
                    "translate them into.",
                    language=dict(installed_languages(self))[self.source_lang],
                )
            )
        count = len(self.post_ids) * len(self.lang_ids)
        self.env["blog.ai.generation"]._check_hourly(count)
        self.post_ids.blog_id._blog_ai_check_company()
        self.provider_id._check_serves(self.company_id)
        self.provider_id._check_can_write()
        self._check_not_translated_now()

    def _check_not_translated_now(self) -> None:
        posts, langs = self.post_ids.ids, self.lang_ids.mapped("code")
        pairs = [("translation", post, lang) for post in posts for lang in langs]
        self.env["blog.ai.gate"].sudo()._pass_alone(pairs)
        busy = (
            self.env["blog.ai.generation"]
            ._waiting_translations(self.post_ids)
            .filtered(lambda it: it.lang in langs and it.state != "done")[:1]
        )
        if busy:
            raise UserError(
                self.env._(
                    "“%(title)s” is being translated into %(language)s already. Wait "
                    "until that is done, or cancel it under Generations.",
                    title=busy.topic,
                    language=dict(installed_languages(self))[busy.lang],
                )
            )
