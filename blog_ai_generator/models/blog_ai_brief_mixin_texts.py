# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The texts of a brief: which ones the model is told, and how long they may be."""

import re

from odoo import api, models
from odoo.exceptions import ValidationError

from ..llm.prompt import NOTES_LIMIT, TOPIC_LIMIT
from ..llm.text import without_addresses
from ..utils import split_keywords

# Characters of the topic, of the keywords, and of any other text of a brief: as many as
# the prompt has room for.
MAX_TOPIC = MAX_KEYWORDS = TOPIC_LIMIT
MAX_NOTES = NOTES_LIMIT
# Fields of the brief that the model is not told, each with the reason.
NOT_FOR_THE_MODEL = {
    "author_id": "signs the post",
    "model": "is the one that is told",
    "provider_id": "is the account that is asked",
    "publish": "decides about the post once it is written",
    "recipient_ids": "get an email about the post",
    "translation_langs": "are told when the post is translated",
}
# A letter or a digit of any script.
WORD = re.compile(r"[^\W_]")


class BlogAiBriefTexts(models.AbstractModel):
    """The texts that people write for the model."""

    _inherit = "blog.ai.brief.mixin"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _told_fields(self) -> set[str]:
        return self._brief_fields() - NOT_FOR_THE_MODEL.keys()

    @api.model
    def _text_fields(self) -> list[str]:
        """Return the texts of the brief that the model is told.

        Their length is bounded, and counts towards what a post costs.
        """
        told = sorted(self._told_fields())
        return [name for name in told if self._fields[name].type in ("char", "text")]

    def _texts(self) -> list[str]:
        return [self[name] or "" for name in self._text_fields()]

    @api.constrains(lambda self: self._text_fields())
    def _check_texts(self):
        for record in self:
            for name in self._text_fields():
                if name == "keywords":
                    self._check_keywords(record.keywords or "")
                else:
                    self._check_text(name, record[name] or "")

    @api.model
    def _check_text(self, name: str, text: str) -> None:
        if len(text) > MAX_NOTES:
            described = self._fields[name].get_description(self.env, ["string"])
            raise ValidationError(
                self.env._(
                    "“%(field)s” has %(count)s characters. Shorten it to %(most)s.",
                    field=described["string"],
                    count=len(text),
                    most=MAX_NOTES,
                )
            )

    @api.model
    def _check_keywords(self, keywords: str) -> None:
        # They are counted as they are sent: on one line, with commas and blanks.
        sent = ", ".join(split_keywords(keywords))
        if (count := max(len(keywords), len(sent))) > MAX_KEYWORDS:
            raise ValidationError(
                self.env._(
                    "The keywords have %(count)s characters. Keep the most important "
                    "ones, up to %(most)s characters.",
                    count=count,
                    most=MAX_KEYWORDS,
                )
            )

    @api.model
    def _check_topic_text(self, topic: str | bool) -> None:
        topic = topic or ""
        self._check_topic_words(topic)
        if len(topic) > MAX_TOPIC:
            raise ValidationError(
                self.env._(
                    "The topic has %(count)s characters. Keep it to %(most)s and put "
                    "the rest into the notes.",
                    count=len(topic),
                    most=MAX_TOPIC,
                )
            )

    @api.model
    def _check_topic_words(self, topic: str) -> None:
        if not topic.strip():
            raise ValidationError(
                self.env._("Say what to write about: the topic is empty.")
            )
        if not WORD.search(topic):
            raise ValidationError(
                self.env._(
                    "“%(topic)s” contains no words. Describe what the post should be "
                    "about.",
                    topic=topic[:80],
                )
            )
        if not WORD.search(without_addresses(topic)):
            raise ValidationError(
                self.env._(
                    "“%(topic)s” is only an address, which no model opens. Say in "
                    "words what to write about; the address may go into the notes.",
                    topic=topic[:80],
                )
            )
