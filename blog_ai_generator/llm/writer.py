# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The doors to this package. Nothing here waits, retries or keeps anything.

What comes out of each has a record of every call in ``calls``, as has the
:class:`LLMError` of one that fails.
"""

import time
from dataclasses import replace
from functools import reduce
from operator import add

from .answer import check
from .errors import LLMError, scrub
from .prompt import PROMPT_VERSION, article_prompt, probe_prompt, topic_of
from .protocols import adapter_of
from .social import SOCIAL_PROMPT_VERSION, check_social, social_prompt
from .text import clean
from .transport import Deadline
from .types import Answer, CallRecord, Connection, ModelList, Reply, SocialCopy

PROMPT_VERSIONS = {"article": PROMPT_VERSION, "social": SOCIAL_PROMPT_VERSION}


def write(request, account):
    """Have one article written: one attempt.

    :param request: :class:`ArticleRequest`
    :param account: :class:`Account`
    :rtype: Answer
    :raise LLMError: with a record of every call in ``calls``
    """
    if not topic_of(request):
        raise LLMError("bad_request", "no topic", reason="no_topic")
    prompt = article_prompt(request, account.max_output_tokens)

    def accept(reply):
        _check_finish(reply)
        return check(reply.text, request, reply.language)

    article, reply, calls = _call(
        "article",
        account,
        lambda adapter, deadline: adapter.complete(prompt, account, deadline),
        accept,
    )
    article = replace(article, repairs=reply.notes + article.repairs)
    return Answer(article, reduce(add, (call.usage for call in calls)), calls)


def write_social(request, account):
    """Have the copy for one network written anew: one attempt.

    :param request: :class:`SocialRequest`
    :param account: :class:`Account`
    :rtype: SocialCopy
    :raise LLMError: with a record of every call in ``calls``
    """
    prompt = social_prompt(request, account.max_output_tokens)

    def accept(reply):
        _check_finish(reply)
        return check_social(reply.text, request, reply.language)

    text, _reply, calls = _call(
        "social",
        account,
        lambda adapter, deadline: adapter.complete(prompt, account, deadline),
        accept,
    )
    return SocialCopy(text, calls)


def check_connection(account):
    """Make one real, tiny call with the account's model.

    A truncated answer counts: a reasoning model may spend all of it on thoughts.

    :rtype: Connection
    :raise LLMError: with a record of every call in ``calls``
    """
    prompt = probe_prompt()
    _accepted, _reply, calls = _call(
        "test",
        account,
        lambda adapter, deadline: adapter.complete(prompt, account, deadline),
        _check_probe,
    )
    return Connection(calls)


def list_models(account):
    """Names of the models that the account may ask for.

    :rtype: ModelList
    :raise LLMError: with a record of the call in ``calls``
    """

    def complete(adapter, deadline):
        models.extend(adapter.list_models(account, deadline))
        return Reply("")

    models = []
    _accepted, _reply, calls = _call("models", account, complete, lambda reply: None)
    return ModelList(tuple(models), calls)


def _check_probe(reply):
    if reply.finish == "length":
        return
    _check_finish(reply)
    if not clean(reply.text):
        raise LLMError("unusable", "no text", reason="empty")


def _check_finish(reply):
    if reply.finish == "refused":
        raise LLMError("refused", "the model refused")
    if reply.finish == "length":
        raise LLMError("truncated", f"cut off after {reply.usage.tokens_out} tokens")


def _call(kind, account, complete, accept):
    """Ask once and have the reply accepted.

    :return: what ``accept`` returned, the reply and the records of all calls
    """
    started = time.monotonic()
    reply = failure = accepted = None
    try:
        with Deadline(account.deadline) as deadline:
            reply = complete(adapter_of(account), deadline)
        accepted = accept(reply)
    except LLMError as error:
        failure = error
    elapsed = int((time.monotonic() - started) * 1000)
    source = reply or failure
    calls = [_record(kind, account, past, past) for past in source.earlier]
    rest = elapsed - sum(call.milliseconds for call in calls)
    calls.append(_record(kind, account, source, failure, rest))
    if failure:
        failure.calls = tuple(calls)
        raise _scrubbed(failure, account.api_key)
    return accepted, reply, tuple(calls)


def _record(kind, account, source, failure, milliseconds=None):
    """The record of one call.

    :param source: :class:`Reply` or :class:`LLMError` that the call ended with
    :param failure: why the call, or what came of it, was of no use; None if it was
    """
    parts = ([failure.detail] if failure else []) + list(getattr(source, "notes", ()))
    return CallRecord(
        kind=kind,
        model=account.model,
        model_answered=scrub(source.model, account.api_key),
        usage=source.usage,
        milliseconds=source.milliseconds if milliseconds is None else milliseconds,
        outcome=failure.code if failure else "ok",
        http_status=source.http_status,
        request_id=scrub(source.request_id, account.api_key),
        prompt_version=PROMPT_VERSIONS.get(kind, ""),
        detail=scrub(" ".join(parts), account.api_key),
    )


def _scrubbed(failure, key):
    """``failure`` without the key, which providers like to quote in their errors."""
    failure.detail = scrub(failure.detail, key)
    failure.request_id = scrub(failure.request_id, key)
    failure.args = (failure.code, failure.detail)
    failure.earlier = ()
    return failure
