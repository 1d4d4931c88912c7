# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json
import re

from .. import sample
from ..language import language_name
from ..prompt import OFFERED_LINKS, asked_words, topic_of
from ..text import count_words, cut
from ..types import Reply, SocialRequest, Usage
from .base import Adapter

MODEL = "sample"
# English prose has four to five characters a token in current vocabularies.
CHARACTERS_A_TOKEN = 4.5
# A longer topic is shortened where it is woven into a sentence.
LABEL_LIMIT = 70
LEAST_SECTIONS, TOO_MANY_WORDS = 2, 25


class Offline(Adapter):
    """Writes sample articles without a network: the same topic, the same article.

    The answer is the JSON text that a model would send, so it goes through the same
    checks. Tokens are an estimate from the number of characters.
    """

    def complete(self, prompt, account, deadline):
        text = answer_text(prompt.request) if prompt.request else "OK"
        usage = Usage(tokens(prompt.system + prompt.user), tokens(text))
        return Reply(text, usage, model=MODEL, language="en_US")

    def list_models(self, account, deadline):
        return (MODEL,)


def tokens(text):
    """Estimated tokens of a text."""
    return round(len(text) / CHARACTERS_A_TOKEN)


def answer_text(request):
    """The answer for a request, as JSON."""
    draft = _Draft(request)
    if isinstance(request, SocialRequest):
        fields = {"text": draft.another_copy()}
    else:
        fields = draft.fields()
    return json.dumps(fields, ensure_ascii=False)


class _Draft:
    def __init__(self, request):
        self.request = request
        self.topic = topic_of(request)
        self.label = cut(self.topic.rstrip(" .,;:!?\u2026"), LABEL_LIMIT) or self.topic
        self.quoted = f"\u201c{escape(self.label)}\u201d"
        self.blog = escape(request.blog_name.strip()) or "this blog"

    def fields(self):
        """All fields of an answer."""
        title = self._title()
        social = {
            name: self._plain(self._pick(texts, name))
            for name, texts in sample.SOCIAL.items()
        }
        return {
            "title": title,
            "teaser": self._plain(self._pick(sample.TEASERS, "teaser")),
            "body": self._body(),
            "seo_title": cut(title, 60, ellipsis=""),
            "seo_description": cut(
                self._plain(self._pick(sample.DESCRIPTIONS, "description")), 155
            ),
            "keywords": ", ".join(self._keywords()),
            **social,
        }

    def another_copy(self):
        """Copy for the request's network that is not the present one."""
        name = self.request.network
        texts = [self._plain(text) for text in sample.SOCIAL[name]]
        return self._pick([t for t in texts if t != self.request.present], name)

    def _rank(self, salt):
        """A number that depends on the topic and ``salt`` alone, on any machine."""
        text = f"{salt}|{self.topic}"
        return hashlib.sha256(text.encode("utf-8", "replace")).digest()

    def _pick(self, texts, salt):
        return texts[int.from_bytes(self._rank(salt)[:4], "big") % len(texts)]

    def _plain(self, text):
        return text.format(topic=f"\u201c{self.label}\u201d")

    def _title(self):
        angle = self._pick(sample.ANGLES, "angle")
        topic = self.label[0].upper() + self.label[1:]
        if self.topic.endswith("?"):
            return f"{topic}? {angle[0].upper()}{angle[1:]}"
        return f"{topic}: {angle}"

    def _body(self):
        blocks = [self._notice(), self._prose(self._pick(sample.INTROS, "intro"))]
        heading, closing = self._pick(sample.CLOSINGS, "closing")
        closing = [f"## {heading}", self._prose(closing)]
        if links := self._links():
            closing.append(sample.FURTHER.format(links=links))
        missing = asked_words(self.request) - count_words("\n".join(blocks + closing))
        return "\n\n".join(blocks + self._sections(missing) + closing)

    def _notice(self):
        if self.request.language.lower().startswith("en"):
            return sample.NOTICE
        language = escape(language_name(self.request.language))
        return sample.NOTICE + sample.NOTICE_LANGUAGE.format(language=language)

    def _sections(self, words):
        """Sections in the order of this topic, as many as ``words`` ask for."""
        blocks = []
        ranked = sorted(sample.SECTIONS, key=lambda section: self._rank(section[0]))
        for number, (heading, text) in enumerate(ranked):
            length = count_words(text)
            if number >= LEAST_SECTIONS and words < length - TOO_MANY_WORDS:
                break
            words -= length
            blocks += [f"## {heading}", self._prose(text)]
        return blocks

    def _prose(self, text):
        return text.format(q=self.quoted, blog=self.blog)

    def _links(self):
        """Markdown links to the pages that were offered."""
        return ", ".join(
            f"[{escape(' '.join(link.title.split()))}](<{link.url}>)"
            for link in self.request.links[:OFFERED_LINKS]
        )

    def _keywords(self):
        """Those of the request, long words of the topic and some of our own."""
        words = re.findall(r"\w{4,}", self.label)
        return [*self.request.keywords, *words[:4], *sample.KEYWORDS][:8]


def escape(text):
    """``text`` so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)
