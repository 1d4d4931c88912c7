# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from lxml import html

from odoo import fields, models
from odoo.exceptions import UserError

from .. import llm
from ..llm.masks import masked
from ..llm.translation import SOURCE_LIMIT, pieces_of, texts_of
from ..utils import open_wizard
from .blog_post import EDITORS
from .blog_post_social import NETWORKS

# The translated fields of a post by their keys in the request.
TRANSLATED = {
    "title": "name",
    "subtitle": "subtitle",
    "teaser": "teaser_manual",
    "seo_title": "website_meta_title",
    "seo_description": "website_meta_description",
    "keywords": "website_meta_keywords",
}
# Attributes whose text people read or hear.
LABELS = ("alt", "title", "aria-label", "placeholder")
LETTER = re.compile(r"[^\W\d_]")


class BlogPostTranslation(models.Model):
    """The texts of a post in one language, and their way into another one."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_translation_ids = fields.One2many(
        "blog.ai.generation",
        "translated_post_id",
        "AI Translations",
        groups=EDITORS,
    )

    blog_ai_social_translation_ids = fields.One2many(
        "blog.post.social.translation",
        "post_id",
        "Social Copy in Other Languages",
        groups=EDITORS,
    )

    def action_blog_ai_translate(self):
        return self._blog_ai_open_translate()

    def _blog_ai_open_translate(self, **values) -> dict:
        """Return the action that opens “Translate” for these posts.

        :param values: further fields of the form
        """
        wizards, name = self.env["blog.ai.translate"], self.env._("Translate")
        return open_wizard(wizards, name, {"post_ids": self.ids, **values})

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self.env["blog.ai.generation"]._cancel_translations(self)
        return result

    def unlink(self):
        translations = self.sudo().blog_ai_translation_ids
        translations._set_review_withdrawn()
        return super().unlink()

    def _blog_ai_source_lang(self) -> str:
        """Return the language in which the post was written first."""
        generation = self.sudo().blog_ai_generation_id
        is_off = not generation or generation._lang_obstacle(generation.lang)
        return self.blog_id._blog_ai_lang() if is_off else generation.lang

    def _blog_ai_translation_request(
        self, source: str, lang: str, **more
    ) -> llm.TranslationRequest:
        """Return the request to translate all texts of the post.

        :param source: code of the language that is read
        :param lang: code of the language to translate into
        :param more: further parts of the request: ``notes``, ``voice``
        :raises UserError: if the post has no text, or too much
        """
        post = self.with_context(lang=source)
        content = str(post.content or "")
        found = dict.fromkeys(post._fields["content"].get_trans_terms(content))
        labels = _labels(content)
        request = llm.TranslationRequest(
            topic=post.name or "",
            fields=post._blog_ai_texts(),
            terms=tuple(t for t in found if t not in labels and _has_words(t)),
            labels=tuple(t for t in found if t in labels and LETTER.search(t)),
            source=source,
            language=lang,
            blog_name=post.blog_id.name,
            **more,
        )
        self._blog_ai_check_translatable(request)
        return request

    def _blog_ai_length_in(self, lang: str) -> int:
        """Return how many characters are sent to have this text translated.

        :raises UserError: if the post has no text in the language, or too much
        """
        request = self._blog_ai_translation_request(lang, lang)
        return sum(map(len, texts_of(request).values()))

    def _blog_ai_texts(self) -> dict[str, str]:
        texts = {key: (self[name] or "").strip() for key, name in TRANSLATED.items()}
        if texts["subtitle"] == texts["teaser"]:
            # A generated post has one text in both places, which is paid for once.
            del texts["subtitle"]
        texts.update((copy.network, copy.text) for copy in self.sudo().social_ids)
        return {key: text for key, text in texts.items() if LETTER.search(text)}

    def _blog_ai_check_translatable(self, request: llm.TranslationRequest) -> None:
        if "title" not in request.fields:
            raise UserError(
                self.env._(
                    "The post has no title in that language. Write one first, or "
                    "choose another language to translate from."
                )
            )
        length = sum(map(len, [*request.fields.values(), *request.terms]))
        if length > SOURCE_LIMIT:
            raise UserError(
                self.env._(
                    "“%(title)s” has %(count)s characters, of which %(most)s can be "
                    "translated at once. Split the post, or translate it by hand.",
                    title=request.topic,
                    count=length,
                    most=SOURCE_LIMIT,
                )
            )

    def _blog_ai_write_translation(
        self, source: str, lang: str, translation: dict
    ) -> int:
        """Write the texts of one language; all others stay as they are.

        Odoo's ``write`` would replace the texts of every language where the pieces of
        the page do not match.

        :param translation: as a generation stores it
        :return: how many pieces of the page have no translation, as they have changed
        """
        self.ensure_one()
        post, texts = self.with_context(lang=source), translation["fields"]
        if (post.subtitle or "") == (post.teaser_manual or ""):
            texts = {"subtitle": texts.get("teaser"), **texts}
        for key, name in TRANSLATED.items():
            # The text of a field that is empty by now would become that of all.
            if texts.get(key) and post[name]:
                post.update_field_translations(name, {lang: texts[key]})
        post._blog_ai_write_social(lang, texts)
        pieces = pieces_of(translation["terms"], translation["labels"])
        post.update_field_translations("content", {lang: pieces}, source_lang=source)
        found = post._fields["content"].get_trans_terms(str(post.content or ""))
        return len({term for term in found if _has_words(term)} - pieces.keys())

    def _blog_ai_write_social(self, lang: str, texts: dict[str, str]) -> None:
        """Write the texts for networks, except those that people have edited."""
        copies = self.sudo().blog_ai_social_translation_ids
        present = copies.filtered(lambda copy: copy.lang == lang)
        for network in texts.keys() & dict(NETWORKS).keys():
            copy = present.filtered(lambda c, name=network: c.network == name)
            if not copy:
                values = {"post_id": self.id, "network": network, "lang": lang}
                copy = copies.create({**values, "text": texts[network]})
            elif not copy.is_edited:
                copy.text = texts[network]
            copy._shorten()


def _labels(content: str) -> set[str]:
    root = html.fromstring(f"<div>{content}</div>")
    values = (node.get(name, "") for node in root.iter("*") for name in LABELS)
    return {value.strip() for value in values if value.strip()}


def _has_words(term: str) -> bool:
    return bool(LETTER.search(masked(term).text))
