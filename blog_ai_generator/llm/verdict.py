# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tell from a provider's answer why there is no article."""

import json
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from .errors import LONGEST_RETRY_AFTER, LLMError
from .secrets import DETAIL_LIMIT

# Seconds. An absurd number must not overflow the caller's dates.
MAX_RETRY_AFTER = 7 * 24 * 3600.0

# Code and reason of an error.
Verdict = tuple[str, str]

_BY_STATUS: dict[int, Verdict] = {
    401: ("authentication", ""),
    402: ("quota", ""),
    403: ("permission", ""),
    404: ("bad_request", "not_found"),
    405: ("bad_request", "not_found"),
    408: ("timeout", ""),
    413: ("bad_request", "too_large"),
    429: ("rate_limit", ""),
}
# Providers disagree on status codes; their words are clearer. The first match wins.
_BY_WORDS: tuple[tuple[re.Pattern[str], Verdict], ...] = tuple(
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
        (
            r"context_length|maximum context"
            # llama.cpp: "request (… tokens) exceeds the available context size"
            r"|exceed_context_size|exceeds the available context",
            ("bad_request", "too_large"),
        ),
    )
)
# The same words mean an empty account at one provider and "slow down" at another; the
# latter says how long to wait.
_QUOTA_UNLESS_WAIT = re.compile(r"current quota|quota exceeded", re.IGNORECASE)
# Statuses that say too little without the words; others, such as 401, are clear.
_UNCLEAR = frozenset((200, 400, 403, 422, 429))


def from_response(status: int, headers: Mapping[str, str], body: str) -> LLMError:
    """Return the error for an answer that reports a failure.

    :param status: HTTP status; for a 200 with an error body, the body decides
    :param headers: mapping with case-insensitive names
    :param body: text of the answer, of any format
    """
    summary, inner_status = _summary(body)
    wait = retry_after(headers, body)
    if location := headers.get("Location"):
        summary = f"redirect to {_squeeze(location)}"
    code, reason = _verdict(
        inner_status or 200 if status == 200 else status, summary, wait
    )
    values = {}
    if code == "rate_limit" and wait and wait > LONGEST_RETRY_AFTER:
        reason, count = _long_wait(wait)
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


def _long_wait(seconds: float) -> tuple[str, int]:
    hours = round(seconds / 3600)
    return ("hours", hours) if hours < 48 else ("days", round(hours / 24))


def _verdict(status: int, summary: str, wait: float | None) -> Verdict:
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


def _summary(body: str) -> tuple[str, int | None]:
    """Return the text of an error body on one line, and the status that it names."""
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


def _squeeze(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return " ".join(text.split())[:DETAIL_LIMIT]


def retry_after(headers: Mapping[str, str], body: str = "") -> float | None:
    """Return the seconds that the provider asks to wait, if it does.

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


def _number(value: str | None, factor: float = 1.0) -> float | None:
    digits = re.fullmatch(r" *([0-9]{1,15}(?:\.[0-9]{0,9})?) *", value or "")
    return float(digits[1]) * factor if digits else None


def _until(http_date: str) -> float | None:
    try:
        return parsedate_to_datetime(http_date).timestamp() - time.time()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def request_id(headers: Mapping[str, str]) -> str:
    """Return the provider's own number of a request, to quote to its support."""
    value = headers.get("x-request-id") or headers.get("request-id") or ""
    return " ".join(value.split())[:100]
