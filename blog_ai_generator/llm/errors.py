# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one error of this package, and the table that every failure goes through."""

import json
import re
import time
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from .sentence import Sentence, _lt, addressed
from .types import Usage

RETRYABLE = frozenset(
    ("rate_limit", "overloaded", "timeout", "connection", "truncated", "unusable")
)
DETAIL_LIMIT = 2000
# A provider that asks for more than this is not worth waiting for, and an absurd
# number must not overflow the caller's dates.
MAX_RETRY_AFTER = 7 * 24 * 3600.0
# Seconds. Whoever is asked to wait for longer leaves it to a person.
LONGEST_RETRY_AFTER = 6 * 3600

# Keyed by code, or by "code.reason" where what to do next differs.
SENTENCES = {
    "authentication": addressed(
        _lt(
            "The provider did not accept the API key. Ask an administrator to enter a "
            "valid key in the provider's settings, then retry."
        ),
        _lt(
            "The provider did not accept the API key. Enter a valid key in the "
            "provider's settings, then retry."
        ),
    ),
    "authentication.missing": addressed(
        _lt(
            "No API key is set for this provider. Ask an administrator to enter one in "
            "the provider's settings, then retry."
        ),
        _lt(
            "No API key is set for this provider. Enter one in the provider's "
            "settings, then retry."
        ),
    ),
    "authentication.malformed": addressed(
        _lt(
            "The API key holds characters that no key has, such as a line break. Ask "
            "an administrator to copy it again into the provider's settings, then "
            "retry."
        ),
        _lt(
            "The API key holds characters that no key has, such as a line break. Copy "
            "it again into the provider's settings, then retry."
        ),
    ),
    "permission": addressed(
        _lt(
            "The provider knows the API key but does not allow this model or action "
            "with it. Choose another model, or ask an administrator to extend the "
            "rights of the key at the provider."
        ),
        _lt(
            "The provider knows the API key but does not allow this model or action "
            "with it. Choose another model, or extend the rights of the key at the "
            "provider."
        ),
    ),
    "quota": addressed(
        _lt(
            "The provider account has no credit left. Ask an administrator to top it "
            "up or to raise its limit at the provider, then retry."
        ),
        _lt(
            "The provider account has no credit left. Top it up or raise its limit at "
            "the provider, then retry."
        ),
    ),
    "rate_limit": _lt(
        "The provider is receiving too many requests from this account. "
        "Wait a moment, then retry."
    ),
    "rate_limit.hours": _lt(
        "The provider takes no more requests from this account now. Retry in about "
        "%(count)s hours, as it asks, or choose another provider."
    ),
    "rate_limit.days": _lt(
        "The provider takes no more requests from this account now. Retry in about "
        "%(count)s days, as it asks, or choose another provider."
    ),
    "overloaded": _lt(
        "The provider is overloaded or has a problem of its own. Wait a few "
        "minutes, then retry or choose another provider."
    ),
    "timeout": addressed(
        _lt(
            "The provider took too long to answer. Retry, choose a faster model or a "
            "shorter length, or ask an administrator to raise “Time Limit for a Call” "
            "under Website ▸ Configuration ▸ Settings ▸ Blog AI."
        ),
        _lt(
            "The provider took too long to answer. Retry, choose a faster model or a "
            "shorter length, or raise “Time Limit for a Call” under Website ▸ "
            "Configuration ▸ Settings ▸ Blog AI."
        ),
    ),
    "connection": _lt(
        "The provider could not be reached. Check the network and the base "
        "URL in the provider's settings, then retry."
    ),
    "connection.dns": _lt(
        "The name of the provider's server could not be found. Check "
        "the spelling of the base URL in the provider's settings, and this server's "
        "network, then retry."
    ),
    "connection.refused": _lt(
        "Nothing answers at the provider's address. Check that the "
        "service is running and that the base URL has the right host and port, then "
        "retry."
    ),
    "connection.tls": _lt(
        "No secure connection to the provider could be made. Check that "
        "the base URL starts with the right http:// or https:// and that the server's "
        "certificate is valid, then retry."
    ),
    "connection.proxy": addressed(
        _lt(
            "The network's proxy did not let the request through. Ask an administrator "
            "to check the proxy settings of this server, then retry."
        ),
        _lt(
            "The network's proxy did not let the request through. Check the proxy "
            "settings of this server, then retry."
        ),
    ),
    "connection.closed": _lt(
        "The provider closed the connection before the answer was "
        "complete. Retry; if it happens again, choose another model or provider."
    ),
    "refused": _lt(
        "The provider refused to write about this for reasons of content. "
        "Reword the topic or the notes, or choose another provider."
    ),
    "truncated": addressed(
        _lt(
            "The answer was cut off before its end. Retry with a shorter length, or "
            "ask an administrator to raise the output limit of the provider."
        ),
        _lt(
            "The answer was cut off before its end. Retry with a shorter length, or "
            "raise the output limit of the provider."
        ),
    ),
    "unusable": _lt(
        "The answer of the model could not be used. Retry; if it happens "
        "again, choose another model."
    ),
    "unusable.empty": _lt(
        "The provider answered, but with no text. Retry, or choose another model."
    ),
    "unusable.short": _lt(
        "The model wrote far less text than was asked for. Retry; if it "
        "happens again, choose another model."
    ),
    "unusable.long": _lt(
        "The model wrote more text than a post may hold. Retry with a "
        "shorter length, or choose another model."
    ),
    "unusable.language": _lt(
        "The model wrote in %(found)s instead of %(wanted)s. Retry; "
        "if it happens again, choose another model."
    ),
    "unusable.no_api": _lt(
        "What answered at the provider's address is not a language "
        "model service. Check the base URL in the provider's settings, then retry."
    ),
    "unusable.too_big": _lt(
        "The provider sent far more data than an answer can have. "
        "Check the base URL in the provider's settings, then retry."
    ),
    "bad_request": addressed(
        _lt(
            "The provider did not understand the request. Choose another model, or ask "
            "an administrator to check the provider's settings."
        ),
        _lt(
            "The provider did not understand the request. Choose another model, or "
            "check the provider's settings."
        ),
    ),
    "bad_request.not_found": _lt(
        "The provider does not know this model, or the address "
        "is wrong. Check the model name and the base URL in the provider's settings, "
        "then retry."
    ),
    "bad_request.too_large": _lt(
        "The request is too long for this model. Shorten the "
        "notes, or choose another model."
    ),
    "bad_request.redirect": _lt(
        "The provider's address leads to another one, which is "
        "not followed. Enter the final address as base URL in the provider's settings, "
        "then retry."
    ),
    "bad_request.base_url": _lt(
        "The base URL of the provider is not usable. Enter an address like "
        "https://api.example.com/v1 in the provider's settings, then retry."
    ),
    "bad_request.no_model": _lt(
        "No model is chosen. Choose one in the provider's settings, then retry."
    ),
    "bad_request.no_topic": _lt(
        "There is no topic to write about. Enter a topic, then retry."
    ),
    "bad_request.no_list": _lt(
        "This provider cannot list its models. Enter the name of the model by hand."
    ),
    "bad_request.protocol": _lt(
        "This provider uses a protocol that is not installed. "
        "Choose another protocol in the provider's settings."
    ),
}


class LLMError(Exception):
    """Why there is no article.

    :param code: one of the keys of ``SENTENCES`` without a dot
    :param detail: technical text for administrators
    :param reason: narrows the sentence down: ``sentence_key`` is "code.reason"
    :param values: what the sentence names, to be put in with ``%``
    :param retry_after: seconds the provider asks to wait, if it does
    """

    def __init__(
        self,
        code,
        detail="",
        *,
        reason="",
        values=None,
        retry_after=None,
        http_status=None,
        request_id="",
    ):
        super().__init__(code, detail)
        self.code = code
        self.detail = detail[:DETAIL_LIMIT]
        self.values = values or {}
        self.retry_after = retry_after
        self.http_status = http_status
        self.request_id = request_id
        self.usage = Usage()
        self.model = ""
        self.milliseconds = 0
        self.earlier = ()
        self.calls = ()
        self.sentence_key = f"{code}.{reason}" if reason else code

    def __str__(self):
        return f"{self.sentence_key}: {self.detail or self.sentence}"

    __repr__ = __str__

    @property
    def retryable(self):
        """Whether the same request may succeed later, without anybody's help."""
        return self.code in RETRYABLE

    @property
    def sentence(self):
        """English source text for a blog editor: what happened, what to do next."""
        return Sentence(SENTENCES[self.sentence_key], **self.values)


_BY_STATUS = {
    401: ("authentication", ""),
    402: ("quota", ""),
    403: ("permission", ""),
    404: ("bad_request", "not_found"),
    405: ("bad_request", "not_found"),
    408: ("timeout", ""),
    413: ("bad_request", "too_large"),
    429: ("rate_limit", ""),
}
# Providers disagree on status codes; their words are clearer. First match wins.
_BY_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), verdict)
    for pattern, verdict in (
        (
            r"invalid_api_key|API_KEY_INVALID|authentication_error"
            r"|(?:incorrect|invalid) api key|api key (?:not valid|is invalid)",
            ("authentication", ""),
        ),
        (
            r"insufficient_quota|billing_(?:error|hard|not)|payment_required"
            r"|credit balance|(?:insufficient|not enough|out of) (?:credit|balance)",
            ("quota", ""),
        ),
        (
            r"content_policy|content_filter|content management policy"
            r"|flagged|prohibited_content",
            ("refused", ""),
        ),
        (r"json_validate_failed", ("unusable", "")),
        (r"rate_limit_(?:error|exceeded)", ("rate_limit", "")),
        (r"overloaded_error", ("overloaded", "")),
        (
            r"model_not_found|invalid[_ ]model|not a valid model"
            r"|model\b.{0,80}(?:does not exist|not found)",
            ("bad_request", "not_found"),
        ),
        (r"context_length|maximum context", ("bad_request", "too_large")),
    )
)
# The same words mean an empty account at one provider and "slow down" at another,
# which then says how long to wait.
_QUOTA_UNLESS_WAIT = re.compile(r"current quota|quota exceeded", re.IGNORECASE)
# 401, 404, 5xx and so on speak for themselves.
_UNCLEAR = frozenset((200, 400, 403, 422, 429))


def from_response(status, headers, body):
    """The :class:`LLMError` for an answer that reports a failure.

    :param status: HTTP status; of a 200 with an error body, the body decides
    :param headers: mapping with case-insensitive names
    :param body: text of the answer, of whatever kind
    """
    summary, inner_status = _summary(body)
    wait = retry_after(headers, body)
    if location := headers.get("Location"):
        summary = f"redirect to {_squeeze(location)}"
    verdict_on = inner_status or 200 if status == 200 else status
    code, reason = _verdict(verdict_on, summary, wait)
    values = {}
    if code == "rate_limit" and wait and wait > LONGEST_RETRY_AFTER:
        hours = round(wait / 3600)
        reason, count = ("hours", hours) if hours < 48 else ("days", round(hours / 24))
        values = {"count": str(count)}
    return LLMError(
        code,
        f"HTTP {status}: {summary}",
        reason=reason,
        values=values,
        retry_after=wait,
        http_status=status,
        request_id=request_id(headers),
    )


def _verdict(status, summary, wait):
    if 300 <= status < 400:
        return "bad_request", "redirect"
    if status in _UNCLEAR:
        for pattern, verdict in _BY_WORDS:
            if pattern.search(summary):
                return verdict
        if wait is None and _QUOTA_UNLESS_WAIT.search(summary):
            return "quota", ""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    # A 200 that reports an error of unknown kind is the provider's own problem.
    return ("bad_request", "") if 400 <= status < 500 else ("overloaded", "")


def _summary(body):
    """What an error body says in one line, and the status it names (or None)."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return _squeeze(re.sub(r"<[^>]*>", " ", body[:4000])) or "empty body", None
    if isinstance(data, list):
        data = data[0] if data else {}
    error = data.get("error", data) if isinstance(data, dict) else data
    if not isinstance(error, dict):
        return _squeeze(error), None
    parts = [
        _squeeze(error[name])
        for name in ("type", "code", "status", "param", "message", "detail", "metadata")
        if error.get(name) not in (None, "", [], {})
    ]
    code = error.get("code")
    named = code if isinstance(code, int) and 400 <= code < 600 else None
    return " | ".join(parts) or _squeeze(error), named


def _squeeze(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return " ".join(text.split())[:DETAIL_LIMIT]


def retry_after(headers, body=""):
    """Seconds to wait as the provider asks for, or None.

    Understands ``retry-after-ms``, ``Retry-After`` in seconds or as an HTTP date,
    and the ``retryDelay`` that Google puts into the body.
    """
    seconds = _number(headers.get("retry-after-ms"), 0.001)
    if seconds is None:
        value = headers.get("Retry-After")
        seconds = _number(value)
        if seconds is None and value:
            seconds = _until(value)
    if seconds is None and (match := re.search(r'"retryDelay":\s*"([\d.]+)s"', body)):
        seconds = _number(match[1])
    return None if seconds is None else min(max(seconds, 0.0), MAX_RETRY_AFTER)


def _number(value, factor=1.0):
    digits = re.fullmatch(r" *([0-9]{1,15}(?:\.[0-9]{0,9})?) *", value or "")
    return float(digits[1]) * factor if digits else None


def _until(http_date):
    try:
        return parsedate_to_datetime(http_date).timestamp() - time.time()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def request_id(headers):
    """The provider's own number of a request, to quote to its support."""
    value = headers.get("x-request-id") or headers.get("request-id") or ""
    return " ".join(value.split())[:100]


_LOOKS_LIKE_A_KEY = re.compile(
    r"\b(?:sk|pk|rk|gsk|key|api|xai|hf|org|AIza)[-_]?[\w-]*(?:[*.]{2}|\u2026)[\w*.\u2026-]*"
    r"|\b(?:sk|pk|rk|gsk|xai|hf)[-_][\w-]{6,}"
    r"|\bAIza[\w-]{6,}"
    r"|[\w-]*\*{2,}[\w*-]*"
    r"|(?<=[Bb]earer )\S+"
)


def scrub(text, key):
    """``text`` without ``key``, nor a part of one as providers like to echo it."""
    key = key.strip()
    for secret in {
        key,
        quote(key, safe="", errors="replace"),
        json.dumps(key)[1:-1],
    } - {""}:
        # A dummy key of a few letters must not blank out every such letter.
        edge = r"\b" if len(secret) < 8 and secret.isalnum() else ""
        text = re.sub(edge + re.escape(secret) + edge, "***", text)
    if len(key) >= 12:
        # "abcd…wxyz", "abcd****": whatever starts like the key is one.
        text = re.sub(re.escape(key[:6]) + r"\S*", "***", text)
    return _LOOKS_LIKE_A_KEY.sub("***", text)[:DETAIL_LIMIT]
