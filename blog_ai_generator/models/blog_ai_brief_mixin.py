# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The brief of a post: every field that says what to write and how.

Each field is declared here, once. The wizard, topics, slots and generations inherit it,
and :meth:`BlogAiBriefMixin._brief_values` hands it on from one to the next. "Add a
field of the brief" in readme/DEVELOP.md lists the steps to add one.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..fields import PlainChar, PlainText
from ..internals import cached_ref
from ..messages import Message, render
from ..utils import installed_languages, open_wizard, split_keywords
from .blog_post import PUBLISHED

LENGTHS = [
    ("400", "Short (about 400 words)"),
    ("800", "Medium (about 800 words)"),
    ("1200", "Long (about 1,200 words)"),
]


class BlogAiBriefMixin(models.AbstractModel):
    """The part of a brief that a topic can have: subject, language and author.

    It is a layer of its own because nobody decides about length, provider or recipients
    in the queue: a topic has no columns for them.
    """

    _name = "blog.ai.brief.mixin"
    _description = "Brief of a Post"

    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        ondelete="cascade",
        index=True,
        domain=lambda self: self.env["blog.blog"]._blog_ai_domain(),
        default=lambda self: self._default_blog_id(),
    )
    tag_ids = fields.Many2many("blog.tag", string="Tags")
    lang = fields.Selection(installed_languages, "Language")
    keywords = PlainChar(help="Separated by commas.")
    notes = PlainText()
    author_id = fields.Many2one("res.partner")

    @api.model
    def _default_blog_id(self):
        return self.env["blog.blog"]._blog_ai_default()

    @api.depends("blog_id.website_id.company_id")
    def _compute_company_id(self):
        for record in self:
            record.company_id = record.blog_id.website_id.company_id or (
                record.company_id or self.env.company
            )

    @api.model
    def _brief_fields(self) -> set[str]:
        brief = self.env["blog.ai.full.brief.mixin"]._fields.values()
        names = {field.name for field in brief if field.store and field.name != "id"}
        return names & self._fields.keys()

    def _brief_values(self) -> dict:
        """Return the brief as values to create another record that has one."""
        self.ensure_one()
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in self._brief_fields()
        }

    def _prepare_open_wizard(self, without: tuple[str, ...] = (), **values) -> dict:
        """Return the action that opens “Write a post” with this brief filled in.

        :param without: fields of the brief that the wizard proposes itself
        :param values: further fields of the wizard, or other values of the brief
        """
        brief = self._brief_values()
        if self._lang_obstacle(self.lang):
            without = (*without, "lang")
        asked = {name: value for name, value in brief.items() if name not in without}
        wizards, name = self.env["blog.ai.write"], self.env._("Write a post")
        return open_wizard(wizards, name, {**asked, **values})

    @api.model_create_multi
    def create(self, vals_list):
        self._check_lang(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_lang(vals)
        return super().write(vals)

    @api.model
    def _check_lang(self, *vals_list: dict) -> None:
        """Check the language first: the ORM's own error is not meant for users."""
        for vals in vals_list:
            if obstacle := self._lang_obstacle(vals.get("lang")):
                raise ValidationError(render(self.env, obstacle))

    @api.model
    def _lang_obstacle(self, lang: str | None) -> Message | None:
        if not lang or lang in dict(installed_languages(self)):
            return None
        return Message("brief.language", {"language": lang})

    def _brief_obstacle(self) -> Message | None:
        """Return why no post can come of this brief any more, or None.

        It is checked before anything is paid for: on each way to a new generation, at a
        retry and at each claim. The claim has what is read here in its cache.
        """
        brief = self.sudo()
        if brief.blog_id.id in brief.blog_id._blog_ai_archived_ids():
            return Message("brief.blog", {"name": brief.blog_id.name or ""})
        if obstacle := self._lang_obstacle(brief.lang):
            return obstacle
        if brief.company_id.id in brief.company_id._blog_ai_archived_ids():
            return Message("brief.company", {"name": brief.company_id.name or ""})
        if brief.author_id and not brief.author_id.active:
            return Message("brief.author", {"name": brief.author_id.name})
        return None

    def _check_brief(self) -> None:
        if obstacle := self._brief_obstacle():
            raise UserError(render(self.env, obstacle))


class BlogAiFullBriefMixin(models.AbstractModel):
    """A complete brief: also who writes the post, at what length and for whom."""

    _name = "blog.ai.full.brief.mixin"
    _description = "Complete Brief of a Post"
    _inherit = ["blog.ai.brief.mixin"]

    words = fields.Selection(LENGTHS, "Length", required=True, default="800")
    provider_id = fields.Many2one(
        "blog.ai.provider", required=True, ondelete="restrict"
    )
    model = PlainChar(help="Leave empty to use the provider's default model.")
    voice_id = fields.Many2one(
        "blog.ai.voice",
        ondelete="restrict",
        help="Leave empty to use the voice of the blog.",
    )
    # One heading per line.
    outline = PlainText()
    publish = fields.Boolean("Publish at Once")
    recipient_ids = fields.Many2many(
        "res.partner",
        string="Recipients",
        help="They get an email when the post is published.",
    )
    # Comma-separated codes: a relation would cost each post a statement.
    translation_langs = fields.Char("Codes of Further Languages")
    translation_lang_ids = fields.Many2many(
        "res.lang",
        string="Also Translate Into",
        compute="_compute_translation_lang_ids",
        inverse="_inverse_translation_lang_ids",
        help="The post is translated once it is written, or once it is approved if it "
        "is reviewed. Each language costs about as much as the post. An administrator "
        "adds languages under Website ▸ Configuration ▸ Settings.",
    )

    @api.depends("translation_langs")
    def _compute_translation_lang_ids(self):
        langs = self.env["res.lang"]
        for record in self:
            codes = split_keywords(record.translation_langs)
            found = langs.search([("code", "in", codes)]) if codes else langs
            record.translation_lang_ids = found

    def _inverse_translation_lang_ids(self):
        for record in self:
            codes = record.translation_lang_ids.mapped("code")
            record.translation_langs = ",".join(codes) or False

    def _brief_obstacle(self):
        return super()._brief_obstacle() or self._template_obstacle()

    def _template_obstacle(self) -> Message | None:
        """Return why the recipients could not be notified at once, or None."""
        # Look in the cache first.
        if cached_ref(self.env, PUBLISHED, raise_if_not_found=False):
            return None
        is_sent = self._is_published_at_once() and self.recipient_ids
        return Message("brief.template") if is_sent else None

    def _is_published_at_once(self) -> bool:
        return self.publish


class BlogAiProposedBriefMixin(models.AbstractModel):
    """A complete brief that a person fills in, with what the blog and company propose.

    The model that inherits it has a ``company_id``.
    """

    _name = "blog.ai.proposed.brief.mixin"
    _description = "Brief With Proposals"
    _inherit = ["blog.ai.full.brief.mixin"]

    lang = fields.Selection(
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    # Tells a language that was proposed from one that somebody chose.
    proposed_lang = fields.Char(
        "Language Proposed",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
    )
    provider_id = fields.Many2one(
        domain="[('company_id', 'in', [company_id, False])]",
        compute="_compute_provider_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    voice_id = fields.Many2one(domain="[('company_id', 'in', [company_id, False])]")
    voice_hint = fields.Char(compute="_compute_voice_hint")
    provider_warning = fields.Char(compute="_compute_provider_warning")
    model_warning = fields.Char(compute="_compute_model_warning")
    available_models = fields.Json(related="provider_id.available_models")
    recipient_ids = fields.Many2many(
        compute="_compute_recipient_ids", store=True, readonly=False, precompute=True
    )

    @api.depends("blog_id")
    def _compute_lang(self):
        """Propose the language of the blog's website until somebody chooses another."""
        for record in self:
            proposed = record.blog_id._blog_ai_lang()
            if not record.lang or record.lang == record.proposed_lang:
                record.lang = proposed
            record.proposed_lang = proposed

    @api.depends("blog_id")
    @api.depends_context("lang")
    def _compute_voice_hint(self):
        for record in self:
            voice = record.blog_id.sudo().blog_ai_voice_id
            record.voice_hint = (
                self.env._("The blog's voice: %(voice)s", voice=voice.name)
                if voice
                else self.env._("None: the blog has no voice")
            )

    @api.depends("company_id")
    def _compute_provider_id(self):
        for record in self:
            record.provider_id = record.provider_id._or_default(record.company_id)

    @api.depends("provider_id")
    @api.depends_context("lang", "uid")
    def _compute_provider_warning(self):
        for record in self:
            warning = record.provider_id._warning() if record.provider_id else None
            record.provider_warning = warning and render(self.env, warning)

    @api.depends("provider_id", "model")
    @api.depends_context("lang", "uid")
    def _compute_model_warning(self):
        for record in self:
            warning = record.provider_id._model_warning(record.model)
            record.model_warning = warning and render(self.env, warning)

    @api.depends("blog_id")
    def _compute_recipient_ids(self):
        for record in self:
            record.recipient_ids = record.blog_id._blog_ai_recipients()
