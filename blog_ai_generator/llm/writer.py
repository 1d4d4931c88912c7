# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The functions that call a provider. Nothing here waits, retries or keeps anything.

Each result has the records of all requests in ``calls``; so has the
:class:`~.errors.LLMError` of a call that fails.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from .answer import check
from .call_log import CallLog
from .deadline import Cancellation, Deadline
from .errors import LLMError
from .glossary import glossary_notes
from .ideas import IDEAS_PROMPT_VERSION, check_ideas, ideas_prompt
from .ideas_types import Ideas, IdeasRequest
from .json_object import NoObjectError
from .model_list import as_models
from .picture import PICTURE_PROMPT_VERSION, picture_prompt
from .picture_types import PictureRequest, Pictures
from .prompt import PROMPT_VERSION, article_prompt, probe_prompt, topic_of
from .protocols import adapter_of
from .revision_types import Section, SectionRequest, Titles, TitlesRequest
from .secrets import holds_key
from .section import SECTION_PROMPT_VERSION, check_section, section_prompt
from .social import SOCIAL_PROMPT_VERSION, check_social, social_prompt
from .text import clean
from .titles import TITLES_PROMPT_VERSION, check_titles, titles_prompt
from .translation import (
    TRANSLATION_PROMPT_VERSION,
    check_translation,
    translation_prompt,
)
from .translation_types import Translated, TranslationRequest
from .truncation import CUT_OFF, cut_off, is_cut_off
from .types import (
    Account,
    Answer,
    ArticleRequest,
    Connection,
    ModelList,
    Prompt,
    Reply,
    SocialCopy,
    SocialRequest,
)

# By the kind of the request.
PROMPT_VERSIONS = {
    "article": PROMPT_VERSION,
    "translation": TRANSLATION_PROMPT_VERSION,
}


@dataclass(frozen=True)
class Unchecked(ABC):
    """The answer of a provider to the request for a text, as it came."""

    account: Account
    prompt: Prompt
    reply: Reply
    log: CallLog

    @abstractmethod
    def checked(self) -> Answer | Translated:
        """Return the text. It takes milliseconds of processor time.

        :raise LLMError: with the records of all requests in ``calls``
        """


@dataclass(frozen=True)
class UncheckedArticle(Unchecked):
    request: ArticleRequest

    def checked(self) -> Answer:
        with self.log, _complete_text(self.reply, self.prompt):
            article = check(self.reply.text, self.request, self.reply.language)
            # As JSON, too, the text may hide the key behind escapes.
            _check_key(f"{self.reply.text} {article}", self.account)
        said = glossary_notes(self.request.voice.glossary, article)
        article = replace(article, repairs=self.reply.notes + article.repairs + said)
        return Answer(article, self.log.usage, self.log.calls)


@dataclass(frozen=True)
class UncheckedTranslation(Unchecked):
    request: TranslationRequest

    def checked(self) -> Translated:
        with self.log, _complete_text(self.reply, self.prompt):
            found = check_translation(
                self.reply.text, self.request, self.reply.language
            )
            _check_key(f"{self.reply.text} {found}", self.account)
        found = replace(found, repairs=self.reply.notes + found.repairs)
        return Translated(found, self.log.calls)


def request_article(
    request: ArticleRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> UncheckedArticle:
    """Have one article written, in one attempt, and leave it unchecked.

    :param cancellation: lets another thread end the call
    :raise LLMError: with the records of all requests in ``calls``
    """
    if not topic_of(request):
        raise LLMError("bad_request", "no topic", reason="no_topic")
    prompt = article_prompt(request, account.max_output_tokens)
    with CallLog("article", account, PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account, cancellation))
    return UncheckedArticle(account, prompt, reply, log, request)


def request_translation(
    request: TranslationRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> UncheckedTranslation:
    """Have the texts of a post translated, in one attempt, and leave them unchecked.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the records of all requests in ``calls``
    """
    prompt = translation_prompt(request, account.max_output_tokens)
    with CallLog("translation", account, TRANSLATION_PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account, cancellation))
    return UncheckedTranslation(account, prompt, reply, log, request)


def write(
    request: ArticleRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Answer:
    """Have one article written and check it, in one attempt.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the records of all requests in ``calls``
    """
    return request_article(request, account, cancellation).checked()


def translate(
    request: TranslationRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Translated:
    """Have the texts of a post translated and check them, in one attempt.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the records of all requests in ``calls``
    """
    return request_translation(request, account, cancellation).checked()


def write_social(
    request: SocialRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> SocialCopy:
    """Have the copy for one network written anew, in one attempt.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the records of all requests in ``calls``
    """
    prompt = social_prompt(request, account.max_output_tokens)
    with CallLog("social", account, SOCIAL_PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account, cancellation))
        with _complete_text(reply, prompt):
            text = check_social(reply.text, request, reply.language)
            _check_key(f"{reply.text} {text}", account)
    return SocialCopy(text, log.calls)


def propose_ideas(
    request: IdeasRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Ideas:
    """Have ideas for posts proposed, in one attempt.

    :param cancellation: as for :func:`write`
    :raise LLMError: with the records of all requests in ``calls``
    """
    prompt = ideas_prompt(request, account.max_output_tokens)
    with CallLog("ideas", account, IDEAS_PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account, cancellation))
        with _complete_text(reply, prompt):
            ideas = check_ideas(reply.text, request, reply.language)
            _check_key(f"{reply.text} {ideas}", account)
    return Ideas(ideas, log.calls)


def propose_titles(
    request: TitlesRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Titles:
    """Have other titles proposed for a post, in one attempt.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the records of all requests in ``calls``
    """
    prompt = titles_prompt(request, account.max_output_tokens)
    with CallLog("titles", account, TITLES_PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account, cancellation))
        with _complete_text(reply, prompt):
            titles = check_titles(reply.text, request, reply.language)
            _check_key(f"{reply.text} {titles}", account)
    return Titles(titles, log.calls)


def rewrite_section(
    request: SectionRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Section:
    """Have one section of a post written again, in one attempt.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the records of all requests in ``calls``
    """
    prompt = section_prompt(request, account.max_output_tokens)
    with CallLog("section", account, SECTION_PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account, cancellation))
        with _complete_text(reply, prompt):
            html = check_section(reply.text, request, reply.language)
            _check_key(f"{reply.text} {html}", account)
    return Section(html, log.calls)


def make_pictures(
    request: PictureRequest,
    account: Account,
    cancellation: Cancellation | None = None,
    *,
    accept: Callable[[bytes], str],
) -> Pictures:
    """Have pictures made for a post, in one attempt.

    :param cancellation: as for :func:`request_article`
    :param accept: returns the reason of an :class:`LLMError` that a file is no
        picture, or an empty text; files that it refuses are left out
    :raise LLMError: with the records of all requests in ``calls``; if there is none
    """
    prompt = picture_prompt(request)
    with CallLog("picture", account, PICTURE_PROMPT_VERSION) as log:
        with Deadline(account.deadline, cancellation) as deadline:
            reply = adapter_of(account).draw(prompt, account, deadline)
        log.answered(reply)
        _check_finish(reply)
        reasons = {file: accept(file) for file in reply.files[: request.count]}
        files = tuple(file for file, reason in reasons.items() if not reason)
        if not files:
            reason = next(filter(None, reasons.values()), "no_picture")
            raise LLMError("unusable", "no picture", reason=reason)
    return Pictures(files, log.calls)


def check_connection(
    account: Account, cancellation: Cancellation | None = None
) -> Connection:
    """Make one real call with the account's model, for the shortest answer.

    It asks with the output limit, the format and the options of an article, so that a
    provider that refuses these refuses them here. A truncated answer is a success: a
    model may spend the whole limit on thinking.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the records of all requests in ``calls``
    """
    with CallLog("test", account) as log:
        prompt = probe_prompt(account.max_output_tokens)
        reply = log.answered(_complete(prompt, account, cancellation))
        _check_finish(reply)
        if reply.finish not in CUT_OFF:
            if not clean(reply.text):
                raise LLMError("unusable", "no text", reason="empty")
    return Connection(log.calls)


def list_models(
    account: Account, cancellation: Cancellation | None = None
) -> ModelList:
    """Return the models that the account may use.

    :param cancellation: as for :func:`request_article`
    :raise LLMError: with the record of the request in ``calls``
    """
    with (
        CallLog("models", account) as log,
        Deadline(account.deadline, cancellation) as deadline,
    ):
        models = adapter_of(account).list_models(account, deadline)
    return ModelList(as_models(models), log.calls)


def _complete(
    prompt: Prompt, account: Account, cancellation: Cancellation | None = None
) -> Reply:
    with Deadline(account.deadline, cancellation) as deadline:
        return adapter_of(account).complete(prompt, account, deadline)


def _check_finish(reply: Reply) -> None:
    why = f": {reply.why}" if reply.why else ""
    if reply.finish == "refused":
        raise LLMError("refused", f"the model refused{why}")
    if reply.finish == "failed":
        raise LLMError("overloaded", f"the model failed{why}")


def _check_key(text: str, account: Account) -> None:
    if holds_key(text, account.api_key):
        raise LLMError("unusable", "the answer contains the API key", reason="key")


@contextmanager
def _complete_text(reply: Reply, prompt: Prompt) -> Iterator[None]:
    """Check that the model has ended by itself, around the check of its text."""
    _check_finish(reply)
    limit = prompt.max_output_tokens
    if reply.finish in CUT_OFF:
        raise cut_off(reply, limit)
    if not clean(reply.text) and not is_cut_off(reply, limit):
        raise LLMError("unusable", "no text", reason="empty")
    is_complete = True
    try:
        yield
    except NoObjectError:
        if not is_cut_off(reply, limit):
            raise
        is_complete = False
    if not is_complete:
        raise cut_off(reply, limit)
