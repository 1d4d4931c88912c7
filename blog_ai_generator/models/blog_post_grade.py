# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..content import text_digest
from .blog_post import EDITORS

# Hexadecimal digits of a fingerprint that people read.
SHORT = 12
# People may not set them, but the copy of a post has the same text and cover.
COPIED = (
    "blog_ai_is_generated",
    "blog_ai_written_hash",
    "blog_ai_text_hash",
    "blog_ai_translated_langs",
    "blog_ai_credit",
)


class BlogPostGrade(models.Model):
    """Tell what people have done with the text of a model, and who answers for it.

    Each hash is the language of the text and the SHA-256 of its words: ``fr_FR:3f…``.
    """

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    # It has no groups: a visitor's page reads it with the other columns of a post.
    blog_ai_grade = fields.Selection(
        [
            ("generated", "Generated"),
            ("reviewed", "Responsibility taken"),
            ("edited", "Edited by hand"),
        ],
        "Grade",
        compute="_compute_blog_ai_grade",
        store=True,
        precompute=True,
        help="Responsibility taken: a person has examined exactly this text and takes "
        "editorial responsibility. Edited by hand: the text was changed since it was "
        "written, or since somebody took responsibility.",
    )
    blog_ai_written_hash = fields.Char(
        "Hash of the Written Text", readonly=True, copy=False, groups=EDITORS
    )
    blog_ai_text_hash = fields.Char(
        "Hash of the Text", readonly=True, copy=False, groups=EDITORS
    )
    blog_ai_examined_hash = fields.Char(
        "Hash of the Examined Text", readonly=True, copy=False, groups=EDITORS
    )
    blog_ai_examined_by = fields.Many2one(
        "res.users",
        "Responsible",
        ondelete="restrict",
        readonly=True,
        copy=False,
        groups=EDITORS,
        help="Has examined the content and takes editorial responsibility: by the tick "
        "in the window “Approve”, or by “Take responsibility”.",
    )
    blog_ai_examined_at = fields.Datetime(
        "Responsible Since",
        readonly=True,
        copy=False,
        groups=EDITORS,
        help="When the person took responsibility for the text as it was then.",
    )

    @api.depends(
        "blog_ai_is_generated",
        "blog_ai_written_hash",
        "blog_ai_text_hash",
        "blog_ai_examined_hash",
    )
    def _compute_blog_ai_grade(self):
        for post in self:
            text, examined = post.blog_ai_text_hash, post.blog_ai_examined_hash
            if not post.blog_ai_is_generated:
                post.blog_ai_grade = False
            elif examined and examined == text:
                post.blog_ai_grade = "reviewed"
            elif text == post.blog_ai_written_hash:
                post.blog_ai_grade = "generated"
            else:
                post.blog_ai_grade = "edited"

    def write(self, vals):
        result = super().write(vals)
        if "content" in vals:
            for post in self.sudo().filtered("blog_ai_is_generated"):
                post.blog_ai_text_hash = post._blog_ai_digest()
        return result

    def copy(self, default=None):
        copies = super().copy(default)
        for post, copied in zip(self.sudo(), copies.sudo(), strict=True):
            values = {name: post[name] for name in COPIED if post[name]}
            if values:
                copied.write(values)
        return copies

    def action_blog_ai_approve(self):
        return self._blog_ai_reviewed().action_approve()

    def action_blog_ai_publish(self):
        return self._blog_ai_reviewed().action_publish()

    def action_blog_ai_reject(self):
        return self._blog_ai_reviewed().action_reject()

    def _blog_ai_reviewed(self):
        """Return the generation, which an administrator may have deleted meanwhile."""
        if not self.blog_ai_generation_id:
            raise UserError(
                self.env._(
                    "The generation of this post was deleted, and its review with it. "
                    "Publish the post on the website."
                )
            )
        return self.blog_ai_generation_id

    def action_blog_ai_examined(self):
        """Take editorial responsibility for the present text.

        The buttons set ``blog_ai_asks`` in the context, which opens a window first.
        """
        self.ensure_one()
        if not self.env.user.has_group(EDITORS):
            raise AccessError(
                self.env._(
                    "Only website editors can take responsibility for a post. Ask an "
                    "administrator for that right."
                )
            )
        self.check_access("write")
        if self.env.context.get("blog_ai_asks"):
            return self._blog_ai_ask_examined()
        return self._blog_ai_set_examined()

    def _blog_ai_set_examined(self) -> None:
        post = self.sudo()
        digest = post._blog_ai_digest()
        post.write(
            {
                "blog_ai_text_hash": digest,
                "blog_ai_examined_hash": digest,
                "blog_ai_examined_by": self.env.uid,
                "blog_ai_examined_at": fields.Datetime.now(),
            }
        )
        # The fields say who did it last, the chatter who ever did.
        said = self.env._(
            "I have examined the content and take editorial responsibility."
        )
        post._blog_ai_log_examined(said, digest)

    def _blog_ai_log_examined(self, said: str, digest: str) -> None:
        # People compare the beginning; the whole one is kept beside it.
        short = digest.partition(":")[2][:SHORT]
        mark = self.env._("Fingerprint of the text: %(hash)s", hash=short)
        body = Markup("<p>%s</p><p class='small text-muted' title='%s'>%s</p>")
        self._message_log(body=body % (said, digest, mark))

    def _blog_ai_set_section(self, content: str) -> None:
        """Store a text of which a model wrote a section.

        No person has edited it by that, and nobody has examined it.
        """
        post = self.sudo()
        was_edited = post.blog_ai_text_hash != post.blog_ai_written_hash
        self.content = content
        if not was_edited:
            post.blog_ai_written_hash = post.blog_ai_text_hash

    def _blog_ai_digest(self) -> str:
        lang = self._blog_ai_text_lang()
        return text_digest(lang, self.with_context(lang=lang).content or "")

    def _blog_ai_text_lang(self) -> str:
        """Return the language in which the text was written, or else the blog's."""
        lang = (self.blog_ai_written_hash or "").partition(":")[0]
        lang = lang or self.blog_ai_generation_id.lang
        is_on = lang in dict(self.env["res.lang"].get_installed())
        return lang if is_on else self.blog_id._blog_ai_lang()
