# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The functions that call a provider. Nothing here waits, retries or keeps anything.

Each result has the records of all requests in ``calls``; so has the
:class:`~.errors.LLMError` of a call that fails.
"""

from dataclasses import replace

from .answer import check
from .call_log import CallLog
from .deadline import Deadline
from .errors import LLMError
from .prompt import PROMPT_VERSION, article_prompt, probe_prompt, topic_of
from .protocols import adapter_of
from .social import SOCIAL_PROMPT_VERSION, check_social, social_prompt
from .text import clean
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


def write(request: ArticleRequest, account: Account) -> Answer:
    """Have one article written, in one attempt.

    :raise LLMError: with the records of all requests in ``calls``
    """
    if not topic_of(request):
        raise LLMError("bad_request", "no topic", reason="no_topic")
    prompt = article_prompt(request, account.max_output_tokens)
    with CallLog("article", account, PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account))
        _check_finish(reply)
        article = check(reply.text, request, reply.language)
    article = replace(article, repairs=reply.notes + article.repairs)
    return Answer(article, log.usage, log.calls)


def write_social(request: SocialRequest, account: Account) -> SocialCopy:
    """Have the copy for one network written anew, in one attempt.

    :raise LLMError: with the records of all requests in ``calls``
    """
    prompt = social_prompt(request, account.max_output_tokens)
    with CallLog("social", account, SOCIAL_PROMPT_VERSION) as log:
        reply = log.answered(_complete(prompt, account))
        _check_finish(reply)
        text = check_social(reply.text, request, reply.language)
    return SocialCopy(text, log.calls)


def check_connection(account: Account) -> Connection:
    """Make one real, tiny call with the account's model.

    A truncated answer is a success: a reasoning model may spend all of it on thoughts.

    :raise LLMError: with the records of all requests in ``calls``
    """
    with CallLog("test", account) as log:
        reply = log.answered(_complete(probe_prompt(), account))
        if reply.finish != "length":
            _check_finish(reply)
            if not clean(reply.text):
                raise LLMError("unusable", "no text", reason="empty")
    return Connection(log.calls)


def list_models(account: Account) -> ModelList:
    """Return the names of the models that the account may use.

    :raise LLMError: with the record of the request in ``calls``
    """
    with CallLog("models", account) as log, Deadline(account.deadline) as deadline:
        names = adapter_of(account).list_models(account, deadline)
    return ModelList(tuple(names), log.calls)


def _complete(prompt: Prompt, account: Account) -> Reply:
    with Deadline(account.deadline) as deadline:
        return adapter_of(account).complete(prompt, account, deadline)


def _check_finish(reply: Reply) -> None:
    if reply.finish == "refused":
        raise LLMError("refused", "the model refused")
    if reply.finish == "length":
        raise LLMError("truncated", f"cut off after {reply.usage.tokens_out} tokens")
