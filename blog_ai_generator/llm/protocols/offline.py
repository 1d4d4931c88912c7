# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The protocol without a provider: sample articles."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import TypeVar

from .. import sample
from ..deadline import Deadline
from ..language import language_name
from ..prompt import OFFERED_LINKS, asked_words, topic_of
from ..text import count_words, cut
from ..types import Account, ArticleRequest, Prompt, Reply, SocialRequest, Usage
from .base import Adapter

MODEL = "sample"
# English prose has four to five characters per token in current vocabularies.
CHARACTERS_A_TOKEN = 4.5
# Characters of the topic within a sentence.
LABEL_LIMIT = 70
# Characters of a keyword.
PHRASE_LIMIT = 38
LEAST_SECTIONS, TOO_MANY_WORDS = 2, 25

Choice = TypeVar("Choice")


class Offline(Adapter):
    """Write sample articles without a network, always the same one for a topic.

    The answer is the JSON text that a model would send, so it goes through the same
    checks. Tokens are estimated from the number of characters.
    """

    def complete(self, prompt: Prompt, account: Account, deadline: Deadline) -> Reply:
        text = answer_text(prompt.request) if prompt.request else "OK"
        usage = Usage(tokens(prompt.system + prompt.user), tokens(text))
        return Reply(text, usage, model=MODEL, language="en_US")

    def list_models(self, account: Account, deadline: Deadline) -> tuple[str, ...]:
        return (MODEL,)


def tokens(text: str) -> int:
    return round(len(text) / CHARACTERS_A_TOKEN)


def answer_text(request: ArticleRequest | SocialRequest) -> str:
    if isinstance(request, SocialRequest):
        fields = {"text": _another_copy(request)}
    else:
        fields = _Draft(request).fields()
    return json.dumps(fields, ensure_ascii=False)


def _another_copy(request: SocialRequest) -> str:
    topic = _Topic(request)
    texts = [topic.woven_into(text) for text in sample.SOCIAL[request.network]]
    return topic.pick([t for t in texts if t != request.present], request.network)


class _Topic:
    """The topic of a request, which decides what is picked for it."""

    def __init__(self, request: ArticleRequest | SocialRequest) -> None:
        self.text = topic_of(request)
        self.label = cut(self.text.rstrip(" .,;:!?\u2026"), LABEL_LIMIT) or self.text

    def rank(self, salt: str) -> bytes:
        """Return bytes that depend on the topic and ``salt`` alone, on any machine."""
        text = f"{salt}|{self.text}"
        return hashlib.sha256(text.encode("utf-8", "replace")).digest()

    def pick(self, choices: Sequence[Choice], salt: str) -> Choice:
        return choices[int.from_bytes(self.rank(salt)[:4], "big") % len(choices)]

    def woven_into(self, text: str) -> str:
        return text.format(topic=f"\u201c{self.label}\u201d")


class _Draft:
    """An article of sample texts about the topic of a request."""

    def __init__(self, request: ArticleRequest) -> None:
        self.request = request
        self.topic = _Topic(request)
        self.quoted = f"\u201c{escape(self.topic.label)}\u201d"
        self.blog = escape(request.blog_name.strip()) or "this blog"

    def fields(self) -> dict[str, str]:
        title = self._title()
        social = {
            name: self._plain(texts, name) for name, texts in sample.SOCIAL.items()
        }
        return {
            "title": title,
            "teaser": self._plain(sample.TEASERS, "teaser"),
            "body": self._body(),
            "seo_title": cut(title, 60, ellipsis=""),
            "seo_description": cut(
                self._plain(sample.DESCRIPTIONS, "description"), 155
            ),
            "keywords": ", ".join(self._keywords()),
            **social,
        }

    def _plain(self, texts: Sequence[str], salt: str) -> str:
        return self.topic.woven_into(self.topic.pick(texts, salt))

    def _title(self) -> str:
        angle = self.topic.pick(sample.ANGLES, "angle")
        topic = self.topic.label[0].upper() + self.topic.label[1:]
        if self.topic.text.endswith("?"):
            return f"{topic}? {angle[0].upper()}{angle[1:]}"
        return f"{topic}: {angle}"

    def _body(self) -> str:
        blocks = [self._notice(), self._prose(self.topic.pick(sample.INTROS, "intro"))]
        heading, text = self.topic.pick(sample.CLOSINGS, "closing")
        closing = [f"## {heading}", self._prose(text)]
        if links := self._links():
            closing.append(sample.FURTHER.format(links=links))
        missing = asked_words(self.request) - count_words("\n".join(blocks + closing))
        return "\n\n".join(blocks + self._sections(missing) + closing)

    def _notice(self) -> str:
        if self.request.language.lower().startswith("en"):
            return sample.NOTICE
        language = escape(language_name(self.request.language))
        return sample.NOTICE + sample.NOTICE_LANGUAGE.format(language=language)

    def _sections(self, words: int) -> list[str]:
        blocks: list[str] = []
        ranked = sorted(
            sample.SECTIONS, key=lambda section: self.topic.rank(section[0])
        )
        for number, (heading, text) in enumerate(ranked):
            length = count_words(text)
            if number >= LEAST_SECTIONS and words < length - TOO_MANY_WORDS:
                break
            words -= length
            blocks += [f"## {heading}", self._prose(text)]
        return blocks

    def _prose(self, text: str) -> str:
        return text.format(q=self.quoted, blog=self.blog)

    def _links(self) -> str:
        return ", ".join(
            f"[{escape(' '.join(link.title.split()))}](<{link.url}>)"
            for link in self.request.links[:OFFERED_LINKS]
        )

    def _keywords(self) -> list[str]:
        phrase = cut(self.topic.label, PHRASE_LIMIT, ellipsis="").replace(",", "")
        about = [phrase, *(f"{phrase} {word}" for word in sample.KEYWORDS_ABOUT)]
        return [*self.request.keywords, *about, *sample.KEYWORDS][:8]


def escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)
