# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The protocol without a provider: sample articles."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

from .. import sample, sample_ideas, sample_outline, sample_posts
from ..deadline import Deadline
from ..ideas_types import IdeasRequest
from ..language import language_name
from ..outline import asked_headings
from ..outline_types import OutlineRequest
from ..picture import PICTURE_TOKENS
from ..picture_types import PictureRequest
from ..prompt import OFFERED_LINKS, asked_words, topic_of
from ..refresh_types import RefreshRequest
from ..revision_types import SectionRequest, TitlesRequest
from ..sample_posts import SamplePost
from ..tags import without_tags
from ..text import count_words, cut, one_line
from ..translation import most_characters, texts_of
from ..translation_types import TranslationRequest
from ..types import (
    Account,
    ArticleRequest,
    Prompt,
    Reply,
    Request,
    SocialRequest,
    Usage,
)
from .base import Adapter

MODEL = "sample"
# Sample text is around the words of a person, in whatever language (ISO 639-2).
UNDETERMINED = "und"
# English prose has four to five characters per token in current vocabularies.
CHARACTERS_A_TOKEN = 4.5
# Characters of the topic within a sentence.
LABEL_LIMIT = 70
# Characters of a title, which a search engine shows whole.
TITLE_LIMIT = 60
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
        return Reply(text, usage, model=MODEL, language=UNDETERMINED)

    def draw(self, prompt: Prompt, account: Account, deadline: Deadline) -> Reply:
        # It imports Pillow, which texts do not need.
        from ..sample_picture import sample_picture

        request = cast(PictureRequest, prompt.request)
        topic, numbers = topic_of(request), range(request.count)
        files = tuple(sample_picture(topic, number) for number in numbers)
        usage = Usage(tokens(prompt.system + prompt.user), PICTURE_TOKENS * len(files))
        return Reply("", usage, model=MODEL, files=files)

    def list_models(self, account: Account, deadline: Deadline) -> tuple[str, ...]:
        return (MODEL,)


def tokens(text: str) -> int:
    return round(len(text) / CHARACTERS_A_TOKEN)


def answer_text(request: Request) -> str:
    fields: Mapping[str, object]
    if isinstance(request, IdeasRequest):
        fields = sample_ideas.ideas_of(request)
    elif isinstance(request, SocialRequest):
        fields = {"text": _another_copy(request)}
    elif isinstance(request, TranslationRequest):
        fields = _sample_translation(request)
    elif isinstance(request, OutlineRequest):
        fields = {"headings": _outline(request)}
    elif isinstance(request, RefreshRequest):
        fields = _new_version(request)
    elif isinstance(request, TitlesRequest):
        fields = {"titles": _other_titles(request)}
    elif isinstance(request, SectionRequest):
        fields = {"text": _another_section(request)}
    else:
        fields = _article(cast(ArticleRequest, request))
    return json.dumps(fields, ensure_ascii=False)


def _article(request: ArticleRequest) -> dict[str, str]:
    post = sample_posts.find(topic_of(request))
    outline = request.outline
    if post and (not outline or sample_outline.is_outline_of(post, outline)):
        return _whole_fields(post, request)
    return _Draft(request).fields()


def _outline(request: OutlineRequest) -> list[str]:
    if post := sample_posts.find(topic_of(request)):
        return sample_outline.headings_of(post)
    topic = _Topic(request)
    headings = [heading for heading, _text in _ranked_sections(topic)]
    closing, _text = topic.pick(sample.CLOSINGS, "closing")
    return [*headings[: asked_headings(request) - 1], closing]


def _ranked_sections(topic: "_Topic") -> list[tuple[str, str]]:
    return sorted(sample.SECTIONS, key=lambda section: topic.rank(section[0]))


def _another_copy(request: SocialRequest) -> str:
    topic = _Topic(request)
    texts = [topic.woven_into(text) for text in sample.SOCIAL[request.network]]
    return topic.pick([t for t in texts if t != request.present], request.network)


def _other_titles(request: TitlesRequest) -> list[str]:
    topic = _Topic(request)
    subject = topic.plain.partition(": ")[0]
    start = f"{subject[0].upper()}{subject[1:]}"
    titles = [f"{start}: {angle}" for angle in sorted(sample.ANGLES, key=topic.rank)]
    return [title for title in titles if title != topic.text]


def _another_section(request: SectionRequest) -> str:
    """Return sample text, another one for another reason."""
    return _another_text(request, request.present, request.reason)


def _new_version(request: RefreshRequest) -> dict[str, object]:
    """Return sample text for the first section, once."""
    first = request.sections[0]
    text = _another_text(request, first.text, request.today)
    return {"why": sample.REFRESH, "sections": [{"number": 1, "text": text}]}


def _another_text(request: Request, present: str, salt: str) -> str:
    topic = _Topic(request)
    start = present[:40]
    texts = [text for _heading, text in sample.SECTIONS if text[:40] != start]
    text = topic.pick(texts, salt).format(q=f"\u201c{escape(topic.label)}\u201d")
    # A sample article says what it is at its beginning.
    return f"{sample.NOTICE}\n\n{text}" if sample.MARK in present else text


def _whole_fields(post: SamplePost, request: ArticleRequest) -> dict[str, str]:
    links = _links(request)
    further = [sample_posts.FURTHER.format(links=links)] if links else []
    notice = sample_posts.NOTICE + _notice_of_language(request)
    return {
        "title": post.title,
        "teaser": post.teaser,
        "body": "\n\n".join([post.body, *further, notice]),
        "seo_title": post.title,
        "seo_description": post.description,
        "keywords": ", ".join(_phrases([*request.keywords, *post.keywords])),
        **post.social,
    }


def _sample_translation(request: TranslationRequest) -> dict[str, str]:
    """Return the texts as they are, each marked with the language asked for.

    The first text of the body that may become so long says that it is a sample.
    """
    mark = f"[{request.language.partition('_')[0].upper()}]"
    notice = sample.TRANSLATION.format(language=language_name(request.language))
    sent = texts_of(request)
    texts = {key: f"{mark} {text}" for key, text in sent.items()}
    for key, text in texts.items():
        said = f"{mark} {notice} {text}"
        if key not in request.fields and len(said) <= most_characters(sent[key]):
            texts[key] = said
            break
    return texts


class _Topic:
    """The topic of a request, which decides what is picked for it."""

    def __init__(self, request: Request) -> None:
        self.text = topic_of(request)
        self.label = _label(self.text) or self.text
        # Tags are left out: the label may end with half of one.
        self.plain = _label(one_line(without_tags(self.text))) or self.label

    def rank(self, salt: str) -> bytes:
        """Return bytes that depend on the topic and ``salt`` alone, on any machine."""
        text = f"{salt}|{self.text}"
        return hashlib.sha256(text.encode("utf-8", "replace")).digest()

    def pick(self, choices: Sequence[Choice], salt: str) -> Choice:
        return choices[int.from_bytes(self.rank(salt)[:4], "big") % len(choices)]

    def woven_into(self, text: str) -> str:
        return text.format(topic=self.sentence)

    @property
    def sentence(self) -> str:
        # A sentence of its own fits before any other one.
        end = self.text[-1:] if self.text[-1:] in ("?", "!") else "."
        return f"{self.plain[0].upper()}{self.plain[1:]}{end}"

    @property
    def subject(self) -> str:
        label = self.plain
        openings = f"(?:{'|'.join(sample.OPENINGS)}) "
        for front in (openings, sample.VERBS, sample.ARTICLES):
            label = re.sub(f"^{front}", "", label, flags=re.I)
        phrase = cut(label, PHRASE_LIMIT, ellipsis="").replace(",", "")
        return re.sub(sample.JOINTS, "", phrase, flags=re.I)


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
            # A tag that is cut loses its end, and would stay.
            "seo_title": cut(one_line(without_tags(title)), TITLE_LIMIT, ellipsis=""),
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
        topic = self.topic.plain[0].upper() + self.topic.plain[1:]
        if self.topic.text.endswith("?"):
            title, alone = f"{topic}? {angle[0].upper()}{angle[1:]}", f"{topic}?"
        else:
            title, alone = f"{topic}: {angle}", topic
        # Text that is only signs or markup makes no title by itself.
        is_title = count_words(topic) > 1 and "<" not in topic
        return alone if is_title and len(title) > TITLE_LIMIT else title

    def _body(self) -> str:
        notice = sample.NOTICE + _notice_of_language(self.request)
        blocks = [notice, self._prose(self.topic.pick(sample.INTROS, "intro"))]
        closing = []
        if not self.request.outline:
            closing += self._section(*self.topic.pick(sample.CLOSINGS, "closing"))
        if links := _links(self.request):
            closing.append(sample.FURTHER.format(links=links))
        missing = asked_words(self.request) - count_words("\n".join(blocks + closing))
        return "\n\n".join(blocks + self._sections(missing) + closing)

    def _sections(self, words: int) -> list[str]:
        blocks: list[str] = []
        ranked = _ranked_sections(self.topic)
        if outline := self.request.outline:
            texts = [self.topic.pick(sample.CLOSINGS, "closing"), *ranked]
            for heading, text in sample_outline.sections_for(outline, texts, words):
                blocks += self._section(escape(heading), text)
            return blocks
        for number, (heading, text) in enumerate(ranked):
            length = count_words(text)
            if number >= LEAST_SECTIONS and words < length - TOO_MANY_WORDS:
                break
            words -= length
            blocks += self._section(heading, text)
        return blocks

    def _section(self, heading: str, text: str) -> list[str]:
        return [f"## {heading}", self._prose(text)]

    def _prose(self, text: str) -> str:
        return text.format(q=self.quoted, blog=self.blog)

    def _keywords(self) -> list[str]:
        subject = self.topic.subject
        more = [f"{subject} {word}" for word in sample.KEYWORDS_ABOUT]
        about = [subject, *(phrase for phrase in more if len(phrase) <= PHRASE_LIMIT)]
        return _phrases([*self.request.keywords, *about, *sample.KEYWORDS])


def _label(text: str) -> str:
    return cut(text.rstrip(" .,;:!?\u2026"), LABEL_LIMIT)


def _links(request: ArticleRequest) -> str:
    return ", ".join(
        f"[{escape(' '.join(link.title.split()))}](<{link.url}>)"
        for link in request.links[:OFFERED_LINKS]
    )


def _notice_of_language(request: ArticleRequest) -> str:
    if request.language.lower().startswith("en"):
        return ""
    language = escape(language_name(request.language))
    return sample.NOTICE_LANGUAGE.format(language=language)


def _phrases(phrases: list[str]) -> list[str]:
    """Return the first eight, each of them once in whatever case."""
    return list({phrase.casefold(): phrase for phrase in phrases}.values())[:8]


def escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)
