# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Requests and results: plain, frozen data that may cross threads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from .text import storable
from .voice import Voice

# The limit of an integer column of the database.
MOST_TOKENS = 2**31 - 1
THINKING = ("", "none", "low", "medium", "high")
ANSWER_FORMATS = ("auto", "json_schema", "json_object", "text")
# Request fields that no option may set: the writer would not ask for a post any more.
RESERVED_OPTIONS = frozenset(
    "model messages system stream max_tokens max_completion_tokens n".split()
)


@dataclass(frozen=True)
class Note:
    """One thing that was mended, or left out of a request.

    :param code: a key of :data:`~.notes.NOTES`
    :param values: plain strings by the names listed there
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values = {name: storable(value) for name, value in self.values.items()}
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        return hash((self.code, frozenset(self.values.items())))

    def __str__(self) -> str:
        """Return the text for a technical log: ``field_cut: field=title``."""
        values = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code}: {values}" if values else self.code


@dataclass(frozen=True)
class Link:
    """A page of the site that the article may link to.

    :param key: how the caller finds the page again; no part of the prompt
    """

    title: str
    url: str
    key: str = ""


@dataclass(frozen=True)
class Request:
    """A request to a model.

    :param topic: of the article, or the title of the post
    """

    kind: ClassVar[str]

    topic: str


@dataclass(frozen=True)
class BriefRequest(Request):
    """The part of a brief that outline and article share.

    :param language: Odoo or BCP 47 code (``fr_BE``, ``pt-BR``)
    :param words: length of the body
    :param voice: how the blog speaks
    """

    notes: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "en_US"
    words: int = 800
    blog_name: str = ""
    voice: Voice = Voice()


@dataclass(frozen=True)
class ArticleRequest(BriefRequest):
    """The request for an article.

    :param links: offered to the model, at most five are
    :param link_hosts: other hosts that links may lead to: ``example.org`` means
        that host alone, ``*.example.org`` its subdomains
    :param outline: the headings of its sections, in their order; empty for any
    """

    kind: ClassVar[str] = "article"

    links: tuple[Link, ...] = ()
    link_hosts: frozenset[str] = frozenset()
    outline: tuple[str, ...] = ()


@dataclass(frozen=True)
class SocialRequest(Request):
    """The request for another copy to announce a post on a network.

    :param network: a key of :data:`~.social_networks.NETWORKS`
    :param room: characters that the network allows beside the link
    :param language: Odoo or BCP 47 code
    :param article: plain text of the post; only its beginning is sent
    :param present: the present copy, from which the new one must differ
    :param voice: how the blog speaks
    """

    kind: ClassVar[str] = "social"

    network: str
    room: int
    language: str = "en_US"
    blog_name: str = ""
    teaser: str = ""
    article: str = ""
    present: str = ""
    voice: Voice = Voice()


@dataclass(frozen=True)
class Account:
    """A model of a provider, and the way to reach it.

    :param deadline: seconds for one call in total, from connect to last byte; the
        repetition without a refused parameter happens within it
    :param max_output_tokens: generous, because thinking counts as output and
        other languages need up to 1.7 times the tokens of English
    :param options: additional request fields, such as ``temperature``; ``None``
        removes a field that would have been sent
    :param thinking: how much a model may think before it writes, one of
        :data:`THINKING`; empty for the provider's default
    :param answer_format: one of :data:`ANSWER_FORMATS`; ``auto`` for what the preset
        says
    """

    protocol: str
    base_url: str
    api_key: str = field(repr=False)
    model: str
    preset: str = "compatible"
    deadline: float = 90.0
    max_output_tokens: int = 4096
    options: Mapping[str, object] = field(default_factory=dict)
    thinking: str = ""
    answer_format: str = "auto"


@dataclass(frozen=True)
class Usage:
    """Tokens of one or more calls, as the provider counted them.

    With every protocol ``tokens_in`` includes cached tokens and ``tokens_out``
    includes thinking. ``cost``, in US dollars, is set only when the provider reports
    it, as OpenRouter does.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    tokens_reasoning: int = 0
    cost: float | None = None

    def __post_init__(self) -> None:
        for name in ("tokens_in", "tokens_out", "tokens_cached", "tokens_reasoning"):
            capped = min(getattr(self, name), MOST_TOKENS)
            object.__setattr__(self, name, capped)

    def __add__(self, other: "Usage") -> "Usage":
        costs = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.tokens_cached + other.tokens_cached,
            self.tokens_reasoning + other.tokens_reasoning,
            sum(costs) if costs else None,
        )


@dataclass(frozen=True)
class CallRecord:
    """One request to a provider, successful or not.

    :param kind: ``article``, ``translation``, ``social``, ``ideas``, ``titles``,
        ``section``, ``outline``, ``refresh``, ``picture``, ``test`` or ``models``
    :param milliseconds: from the request to the end of the check of its answer
    :param outcome: ``ok`` or the code of the :class:`~.errors.LLMError`
    :param http_status: empty when there was no HTTP answer
    :param detail: technical, at most 2,000 characters, never contains the key
    """

    kind: str
    model: str
    model_answered: str
    usage: Usage
    milliseconds: int
    outcome: str
    http_status: int | None
    request_id: str
    prompt_version: str
    detail: str


@dataclass(frozen=True)
class Article:
    """A checked article.

    :param body_html: rendered by us; the caller must still pass it through
        ``html_sanitize`` before storing it
    :param social: plain text without URLs for each network, by its key
    :param repairs: a note for each thing that had to be mended
    """

    title: str
    teaser: str
    body_markdown: str
    body_html: str
    seo_title: str
    seo_description: str
    seo_keywords: tuple[str, ...]
    social: Mapping[str, str]
    repairs: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An article with the usage and the records of all calls that it took."""

    article: Article
    usage: Usage
    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class SocialCopy:
    """Plain text without URLs, which may be too long, with its calls."""

    text: str
    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class Connection:
    """The calls of a successful connection test; the last one was answered."""

    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class ModelInfo:
    """A model as its provider lists it.

    :param ends_on: the day on which it is switched off, in ISO 8601; empty if none is
        announced. The day of a deprecated model may be over, as it is put off
    :param max_output_tokens: most tokens of one answer; 0 if not known
    :param context: tokens of prompt and answer; 0 if not known
    :param lifecycle: ``active``, ``deprecated`` or ``retired``, or empty
    """

    name: str
    ends_on: str = ""
    max_output_tokens: int = 0
    context: int = 0
    lifecycle: str = ""


@dataclass(frozen=True)
class ModelList:
    """Models sorted by name, with the calls of the request for them."""

    models: tuple[ModelInfo, ...]
    calls: tuple[CallRecord, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(model.name for model in self.models)


@dataclass(frozen=True)
class Prompt:
    """The text that an adapter sends; for a post, ``user`` has ``Topic: <topic>``.

    :param schema: JSON schema of the answer; None for plain text
    :param request: the origin of the text; None for a connection test
    """

    system: str
    user: str
    schema: Mapping[str, object] | None
    request: Request | None
    max_output_tokens: int

    @property
    def octets(self) -> int:
        """The length of ``user`` in UTF-8, from which the most it may cost follows."""
        return len(self.user.encode())


@dataclass(frozen=True)
class Refusal:
    """A request that the provider refused and that was repeated in another form.

    :param code: of the :class:`~.errors.LLMError`
    """

    code: str
    detail: str
    http_status: int | None
    request_id: str
    milliseconds: int


@dataclass(frozen=True)
class Reply:
    """The answer that an adapter received.

    :param finish: ``stop``, ``length`` (cut off), ``context`` (cut off by the context
        of the server), ``refused`` or ``failed`` (by no fault of the request)
    :param why: technical text on a refusal or failure
    :param thought: characters of thoughts that came with the text
    :param language: set when the text is knowingly not in the requested language
    :param notes: such as a parameter that was left out
    :param earlier: requests refused before this one
    :param files: of pictures
    """

    text: str
    usage: Usage = Usage()
    model: str = ""
    finish: str = "stop"
    why: str = ""
    thought: int = 0
    http_status: int | None = None
    request_id: str = ""
    language: str = ""
    notes: tuple[Note, ...] = ()
    earlier: tuple[Refusal, ...] = ()
    files: tuple[bytes, ...] = field(default=(), repr=False)
