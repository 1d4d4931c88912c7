# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tell from a provider's answer why there is no article."""

import json
import re
from collections.abc import Mapping

from .errors import LONGEST_RETRY_AFTER, LLMError
from .secrets import DETAIL_LIMIT
from .waits import retry_after

# Code and reason of an error.
Verdict = tuple[str, str]

_BY_STATUS: dict[int, Verdict] = {
    401: ("authentication", ""),
    402: ("quota", ""),
    403: ("permission", ""),
    404: ("bad_request", "not_found"),
    405: ("bad_request", "not_found"),
    407: ("connection", "proxy"),
    408: ("timeout", ""),
    # A conflict with another request at Anthropic; no capacity at Groq.
    409: ("overloaded", ""),
    498: ("overloaded", ""),
    413: ("bad_request", "too_large"),
    429: ("rate_limit", ""),
}
# Providers disagree on status codes; their words are clearer. The first match wins.
_BY_WORDS: tuple[tuple[re.Pattern[str], Verdict], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), verdict)
    for pattern, verdict in (
        (
            r"invalid_api_key|API_KEY_INVALID|authentication_error"
            r"|(?:incorrect|invalid) api key|api key (?:not valid|is invalid)"
            # LiteLLM without a database: it cannot look up a key that is not its own.
            r"|no_db_connection",
            ("authentication", ""),
        ),
        (
            r"insufficient_quota|billing_(?:error|hard|not)|payment_required"
            r"|credit balance|(?:insufficient|not enough|out of) (?:credit|balance)"
            r"|spend(?:ing)?[ _]limit|billing_unavailable|regain access"
            r"|used all available credits|budget_exceeded|ExceededBudget"
            # LiteLLM's words while a model rests because its budget is used up.
            r"|crossed budget",
            ("quota", ""),
        ),
        (r"organization must be verified", ("permission", "unverified")),
        (r"\bdata policy\b", ("permission", "data_policy")),
        (
            r"content_?policy|content[_ ]filter|content management policy"
            # OpenAI's words, of which LiteLLM drops the code.
            r"|safety system|flagged|prohibited_content|moderation_blocked",
            ("refused", ""),
        ),
        (
            r"output limit was reached|max completion tokens reached",
            ("truncated", "limit"),
        ),
        # LiteLLM, whose server answered with a web page, a stream or nothing.
        (
            r"json_validate_failed|invalid response from LLM endpoint"
            r"|Unable to get json response",
            ("unusable", ""),
        ),
        (
            r"all_deployments_in_cooldown|no deployments available",
            ("overloaded", "cooldown"),
        ),
        (r"rate_limit_(?:error|exceeded)", ("rate_limit", "")),
        (r"overloaded_error", ("overloaded", "")),
        (
            r"not a chat model|only supported in v1/responses"
            r"|not supported in the v1/chat/completions",
            ("bad_request", "not_chat"),
        ),
        (
            r"model_not_found|invalid[_ ]model|not a valid model|decommissioned"
            r"|model\b.{0,80}(?:does not exist|not found|no longer (?:available"
            r"|supported)|has been (?:retired|shut down))",
            ("bad_request", "not_found"),
        ),
        (
            r"context_length|maximum context|exceed_context_size|ContextWindowExceeded"
            r"|available context size|context window|prompt is too long",
            ("bad_request", "too_large"),
        ),
        (
            r"max_(?:completion_|output_)?tokens\b.{0,60}"
            r"(?:too large|too high|at most|maximum|less than|valid range|\d > \d)",
            ("bad_request", "output_limit"),
        ),
    )
)
# The same words mean an empty account at one provider and "slow down" at another; the
# latter says how long to wait.
_QUOTA_UNLESS_WAIT = re.compile(
    r"current quota|quota exceeded|usage limits?\b", re.IGNORECASE
)
# One request above the plan's tokens a minute. With “Used”, it is an ordinary rate
# limit: "Limit 6000, Used 5034, Requested 1443".
_PLAN = re.compile(
    r"\btokens per min.{0,40}Limit:? ([0-9,]+),? Requested:? ([0-9,]+)", re.IGNORECASE
)
_REGAIN = re.compile(r"regain access on (\d{4}-\d\d-\d\d)", re.IGNORECASE)
# Statuses that say too little without the words; others, such as 401, are clear.
# TensorZero's gateway answers 502 whatever the provider answered.
_UNCLEAR = frozenset((200, 400, 403, 404, 422, 429, 500, 502))
# The parts of an error body that say something, the clearest ones first.
_TELLING = (
    "type",
    "code",
    "status",
    "param",
    "error",
    "message",
    "detail",
    "metadata",
    "details",
    "failed_generation",
)
# Seconds for which LiteLLM rests a model that failed, unless set otherwise.
_COOLDOWN = 5.0


def from_response(status: int, headers: Mapping[str, str], body: str) -> LLMError:
    """Return the error for an answer that reports a failure.

    :param status: HTTP status; for a 200 with an error body, the body decides
    :param headers: mapping with case-insensitive names
    :param body: text of the answer, of any format
    """
    summary, inner_status = _summary(body)
    if status == 200:
        status, seen = inner_status or 200, 200
    else:
        seen = status
    wait = retry_after(headers, body, limited=status in (200, 429))
    if location := headers.get("Location"):
        summary = f"redirect to {_squeeze(location)}"
    code, reason, values = _verdict(status, summary, wait)
    if reason == "cooldown":
        wait = wait or _COOLDOWN
    return LLMError(
        code,
        f"HTTP {seen}: {summary}",
        reason=reason,
        values=values,
        retry_after=wait,
        http_status=seen,
        request_id=request_id(headers),
    )


def _verdict(
    status: int, summary: str, wait: float | None
) -> tuple[str, str, dict[str, str]]:
    if values := _over_plan(status, summary):
        return "bad_request", "plan", values
    code, reason = _code(status, summary, wait)
    if code == "quota" and (match := _REGAIN.search(summary)):
        return code, "date", {"date": match[1]}
    if code == "rate_limit" and wait and wait > LONGEST_RETRY_AFTER:
        return code, *_long_wait(wait)
    return code, reason, {}


def _over_plan(status: int, summary: str) -> dict[str, str]:
    match = _PLAN.search(summary) if status in (400, 413, 429) else None
    if not match:
        return {}
    limit, requested = (int(number.replace(",", "") or 0) for number in match.groups())
    if requested <= limit:
        return {}
    return {"limit": str(limit), "requested": str(requested)}


def _long_wait(seconds: float) -> tuple[str, dict[str, str]]:
    hours = round(seconds / 3600)
    if hours < 48:
        return "hours", {"count": str(hours)}
    return "days", {"count": str(round(hours / 24))}


def _code(status: int, summary: str, wait: float | None) -> Verdict:
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
    if isinstance(data, dict) and not isinstance(error, dict):
        # xAI has the code beside a text, and many a gateway the message.
        error = data
    if not isinstance(error, dict):
        return _squeeze(error), None
    parts = [
        _squeeze(error[name])
        for name in _TELLING
        if error.get(name) not in (None, "", [], {})
    ]
    return " | ".join(parts) or _squeeze(error), _status(error.get("code"))


def _status(code: object) -> int | None:
    """Return the HTTP status that an error names; LiteLLM writes it as text."""
    if isinstance(code, str):
        code = int(code) if re.fullmatch("[0-9]{3}", code) else None
    return code if isinstance(code, int) and 400 <= code < 600 else None


def _squeeze(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return " ".join(text.split())[:DETAIL_LIMIT]


def request_id(headers: Mapping[str, str]) -> str:
    """Return the provider's own number of a request, to quote to its support."""
    value = headers.get("x-request-id") or headers.get("request-id") or ""
    return " ".join(value.split())[:100]
