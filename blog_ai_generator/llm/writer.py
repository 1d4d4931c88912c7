# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The functions that call a provider. Nothing here waits, retries or keeps anything.

Each result has the records of all requests in ``calls``; so has the
:class:`~.errors.LLMError` of a call that fails.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace

from .answer import check
from .call_log import CallLog
from .completion import check_finish, check_key, complete, complete_text
from .deadline import Cancellation, Deadline
from .errors import LLMError
from .glossary import glossary_notes
from .model_list import as_models
from .outline import outline_notes
from .picture import PICTURE_PROMPT_VERSION, picture_prompt
from .picture_types import PictureRequest, Pictures
from .prompt import PROMPT_VERSION, article_prompt, probe_prompt, topic_of
from .protocols import adapter_of
from .text import clean
from .translation import (
    TRANSLATION_PROMPT_VERSION,
    check_translation,
    translation_prompt,
)
from .translation_types import Translated, TranslationRequest
from .truncation import CUT_OFF
from .types import Account, Answer, ArticleRequest, Connection, ModelList, Prompt, Reply

# Versions of prompts by the kind of the request.
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
        with self.log, complete_text(self.reply, self.prompt):
            article = check(self.reply.text, self.request, self.reply.language)
            # Check raw and parsed: JSON escapes may hide the key.
            check_key(f"{self.reply.text} {article}", self.account)
        said = (
            *glossary_notes(self.request.voice.glossary, article),
            *outline_notes(self.request.outline, article),
        )
        article = replace(article, repairs=self.reply.notes + article.repairs + said)
        return Answer(article, self.log.usage, self.log.calls)


@dataclass(frozen=True)
class UncheckedTranslation(Unchecked):
    request: TranslationRequest

    def checked(self) -> Translated:
        with self.log, complete_text(self.reply, self.prompt):
            found = check_translation(
                self.reply.text, self.request, self.reply.language
            )
            check_key(f"{self.reply.text} {found}", self.account)
        said = glossary_notes(self.request.voice.glossary, found)
        found = replace(found, repairs=self.reply.notes + found.repairs + said)
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
        reply = log.answered(complete(prompt, account, cancellation))
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
        reply = log.answered(complete(prompt, account, cancellation))
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
        check_finish(reply)
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
        reply = log.answered(complete(prompt, account, cancellation))
        check_finish(reply)
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
