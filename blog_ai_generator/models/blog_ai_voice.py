# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import llm
from ..fields import PlainChar, PlainText

# Parts of a version besides the glossary and the samples.
TEXTS = ("audience", "tone", "point_of_view", "do", "dont")
SAMPLES = ("sample", "sample_2")
# Key of the context while a voice is saved together with its glossary.
SAVING = "blog_ai_voice_saving"


class BlogAiVoice(models.Model):
    """The way in which a blog speaks: for whom, in which tone, with which words.

    Saving keeps an immutable version with the next number. A generation has the version
    that its first attempt found.
    """

    _name = "blog.ai.voice"
    _description = "Voice"
    _order = "name, id"

    name = PlainChar(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Leave empty to share it with all companies.",
    )
    audience = PlainChar(help="Who reads the posts, and what they know already.")
    tone = PlainChar(help="How the posts sound, and how they address the reader.")
    point_of_view = fields.Selection(
        [
            ("we", "The company speaks (“we”)"),
            ("one", "The author speaks (“I”)"),
            ("none", "Nobody speaks of themselves"),
        ]
    )
    do = PlainText("Do", help="One thing per line.")
    dont = PlainText("Don't", help="One thing per line.")
    term_ids = fields.One2many("blog.ai.voice.term", "voice_id", "Glossary", copy=True)
    sample = PlainText(
        "Sample Paragraph",
        help="A paragraph of yours that sounds right. Its style is met, and nothing is "
        "copied from it.",
    )
    sample_2 = PlainText("Second Sample")
    version_id = fields.Many2one(
        "blog.ai.voice.version",
        "Present Version",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    number = fields.Integer("Version", related="version_id.number")
    version_ids = fields.One2many(
        "blog.ai.voice.version", "voice_id", "Versions", readonly=True, copy=False
    )
    told = fields.Text("What the Model Is Told", compute="_compute_told")
    tokens_note = fields.Char("Length", compute="_compute_told")

    @api.depends(*TEXTS, *SAMPLES, "term_ids.word", "term_ids.rule", "term_ids.instead")
    @api.depends_context("lang")
    def _compute_told(self):
        for voice in self:
            voice.told = voice._told()
            voice.tokens_note = self.env._(
                "about %(count)s of %(most)s tokens, which each post pays for",
                count=llm.estimated_tokens(voice.told),
                most=llm.VOICE_TOKENS,
            )

    @api.constrains(*TEXTS, *SAMPLES, "term_ids")
    def _check_length(self):
        for voice in self:
            count = llm.estimated_tokens(voice._told())
            if count > llm.VOICE_TOKENS:
                raise ValidationError(
                    self.env._(
                        "The voice %(voice)s has about %(count)s tokens, which each "
                        "post would pay for. Shorten it to %(most)s: a sample "
                        "paragraph takes most of them.",
                        voice=voice.name,
                        count=count,
                        most=llm.VOICE_TOKENS,
                    )
                )

    @api.constrains("company_id")
    def _check_company_of_uses(self):
        blogs = self.env["blog.blog"].sudo().with_context(active_test=False)
        for voice in self:
            used = blogs.search([("blog_ai_voice_id", "=", voice.id)])
            used._check_blog_ai_voice()

    @api.model_create_multi
    def create(self, vals_list):
        voices = super(BlogAiVoice, self.with_context(**{SAVING: True})).create(
            vals_list
        )
        voices._keep_version()
        return voices.with_env(self.env)

    def write(self, vals):
        result = super(BlogAiVoice, self.with_context(**{SAVING: True})).write(vals)
        self._keep_version()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for voice in self:
            if voice._is_used():
                raise UserError(
                    self.env._(
                        "The voice %(voice)s can't be deleted: posts were written in "
                        "it, or a blog or slot has it. Archive it instead.",
                        voice=voice.name,
                    )
                )

    def _is_used(self) -> bool:
        mine = {
            "blog.ai.generation": [("voice_version_id.voice_id", "=", self.id)],
            "blog.ai.slot": [("voice_id", "=", self.id)],
            "blog.blog": [("blog_ai_voice_id", "=", self.id)],
        }
        return any(
            self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search_count(domain, limit=1)
            for model, domain in mine.items()
        )

    def _serves(self, company) -> bool:
        return self.company_id in (company, self.env["res.company"])

    def _check_serves(self, company) -> None:
        voice = self.sudo()
        if voice and not voice._serves(company):
            raise ValidationError(
                self.env._(
                    "The voice %(voice)s belongs to %(theirs)s, not to %(ours)s. "
                    "Choose another voice.",
                    voice=voice.name,
                    theirs=voice.company_id.name,
                    ours=company.name,
                )
            )

    def _content(self) -> dict:
        """Return what makes a version, as JSON."""
        return {
            **{name: self[name] or "" for name in TEXTS},
            "glossary": [
                [term.word, term.rule, term.instead or ""] for term in self.term_ids
            ],
            "samples": [self[name] for name in SAMPLES if self[name]],
        }

    def _told(self) -> str:
        return llm.voice_text(llm.Voice.of(self._content()))

    def _keep_version(self) -> None:
        """Keep a version with the next number if the voice has changed.

        Two people who save at once both write the row of the voice: PostgreSQL refuses
        one of them, and Odoo repeats its request. So no number is given twice.
        """
        for voice in self.sudo():
            content = voice._content()
            if content != voice.version_id.content:
                number = voice.version_id.number + 1
                values = voice._prepare_version(number, content)
                voice.version_id = (
                    self.env["blog.ai.voice.version"].sudo().create(values)
                )

    def _prepare_version(self, number: int, content: dict) -> dict:
        return {
            "voice_id": self.id,
            "number": number,
            "name": f"{self.name} ({number})",
            "content": content,
            "octets": len(llm.voice_text(llm.Voice.of(content)).encode()),
        }
