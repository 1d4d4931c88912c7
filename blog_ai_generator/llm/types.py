# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What goes in and what comes out: plain, frozen data that may cross threads."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """A page of the site that the article may link to."""

    title: str
    url: str


@dataclass(frozen=True)
class ArticleRequest:
    """One article asked for.

    :param language: Odoo or BCP 47 code (``fr_BE``, ``pt-BR``)
    :param words: length of the body
    :param links: offered to the model, at most five are
    :param link_hosts: other hosts that links may lead to: ``example.org`` means
        that host alone, ``*.example.org`` its subdomains
    """

    topic: str
    notes: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "en_US"
    words: int = 800
    blog_name: str = ""
    links: tuple[Link, ...] = ()
    link_hosts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SocialRequest:
    """Another copy asked for, with which a post is announced on a network.

    :param topic: title of the post
    :param network: ``x``, ``bluesky``, ``mastodon`` or ``linkedin``
    :param room: characters that the network takes beside the link
    :param language: Odoo or BCP 47 code
    :param article: plain text of the post, of which the beginning is sent
    :param present: the copy there is, from which the new one is to differ
    """

    topic: str
    network: str
    room: int
    language: str = "en_US"
    blog_name: str = ""
    teaser: str = ""
    article: str = ""
    present: str = ""


@dataclass(frozen=True)
class Account:
    """How to reach one model of one provider.

    :param deadline: seconds for one call in total, connect to last byte; the
        repetition without a refused parameter happens within it
    :param max_output_tokens: generous, because reasoning counts as output and
        other languages need up to 1.7 times the tokens of English
    :param options: request fields of one's own, such as ``reasoning_effort``;
        ``None`` takes a field out that would have been sent
    """

    protocol: str
    base_url: str
    api_key: str = field(repr=False)
    model: str
    preset: str = "compatible"
    deadline: float = 90.0
    max_output_tokens: int = 4096
    options: Mapping = field(default_factory=dict)


@dataclass(frozen=True)
class Usage:
    """Tokens of one or more calls, as the provider counted them.

    ``tokens_in`` includes the cached ones and ``tokens_out`` those spent on
    reasoning, with every protocol. ``cost``, in US dollars, is set only when the
    provider says it, as OpenRouter does.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    tokens_reasoning: int = 0
    cost: float | None = None

    def __add__(self, other):
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
    """One request to a provider, whatever became of it.

    :param kind: ``article``, ``social``, ``test`` or ``models``
    :param outcome: ``ok`` or the code of the :class:`LLMError`
    :param detail: technical, at most 2,000 characters, never holds the key
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

    :param body_html: rendered by us, to be passed through ``html_sanitize`` by
        whoever stores it
    :param social: plain text without URLs for ``x``, ``bluesky``, ``mastodon``
        and ``linkedin``
    :param repairs: one English sentence for each thing that had to be mended
    """

    title: str
    teaser: str
    body_markdown: str
    body_html: str
    seo_title: str
    seo_description: str
    seo_keywords: tuple[str, ...]
    social: Mapping[str, str]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An article, the sum of what it took, and each call."""

    article: Article
    usage: Usage
    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class SocialCopy:
    """Plain text without URLs, which may be too long, and each call it took."""

    text: str
    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class Connection:
    """Each call that a connection test took; the last one was answered."""

    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class ModelList:
    """Names of models, sorted, and each call it took."""

    names: tuple[str, ...]
    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class Prompt:
    """What an adapter sends: the user turn has a line ``Topic: <topic>``."""

    system: str
    user: str
    schema: Mapping | None
    request: ArticleRequest | SocialRequest | None
    max_output_tokens: int


@dataclass(frozen=True)
class Reply:
    """What an adapter got.

    :param finish: ``stop``, ``length`` (cut off) or ``refused``
    :param language: set when the text is knowingly not in the requested one
    :param notes: sentences for the log, such as a parameter left out
    :param earlier: the :class:`LLMError` of a request refused before this one
    """

    text: str
    usage: Usage = Usage()
    model: str = ""
    finish: str = "stop"
    http_status: int | None = None
    request_id: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()
    earlier: tuple[Exception, ...] = ()
