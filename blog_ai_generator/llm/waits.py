# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read from an answer how long the provider asks to wait, in its many spellings."""

import re
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

# Seconds. An absurd number must not overflow the caller's dates.
MAX_RETRY_AFTER = 7 * 24 * 3600.0
# A number above these is no duration but a time, in seconds or milliseconds.
_EPOCH, _EPOCH_MILLISECONDS = 1e9, 1e11
# Characters of a body; a wait is said at its beginning.
_BODY_LIMIT = 20_000

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = (
    r"(?:[0-9]{1,9}(?:\.[0-9]{1,9})? ?"
    r"(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h|days?|d) ?)+"
)
_PART = re.compile(r"([0-9.]+) ?(milli|ms|[smhd])[a-z]*")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{0,9})?")
_SAID = re.compile(
    rf"(?:try again|retry) (?:in|after) (?:about )?({_DURATION})", re.IGNORECASE
)
_GOOGLE = re.compile(r'"retryDelay":\s*"([0-9.]{1,20}s)"')
_RESET_IN_BODY = re.compile(
    r'"x-ratelimit-reset[\w-]{0,20}"\s*:\s*"?([\w.:+ -]{1,40})', re.IGNORECASE
)
# "x-ratelimit-reset-tokens", "x-ratelimit-reset", "anthropic-ratelimit-tokens-reset".
_RESET_HEADER = re.compile(
    r"(?:llm_provider-)?(?:x-|anthropic-)?ratelimit-(?:(\w+)-)?reset(?:-(\w+))?",
    re.IGNORECASE,
)
# LiteLLM passes the provider's own headers on under this prefix.
_PREFIXES = ("", "llm_provider-")


def retry_after(
    headers: Mapping[str, str], body: str = "", limited: bool = True
) -> float | None:
    """Return the seconds that the provider asks to wait.

    Understands ``retry-after-ms``, ``Retry-After``, what LiteLLM makes of them,
    ``retryDelay`` and "try again in" in the body, ``X-RateLimit-Reset`` in the body
    and in headers.

    :param limited: whether the answer is a rate limit; other answers have the headers
        about limits too, and mean nothing by them
    :return: None if it does not ask, asks for no wait, or names a time that is over
    """
    for seconds in _wishes(headers, body[:_BODY_LIMIT], limited):
        if seconds and seconds > 0:
            return min(seconds, MAX_RETRY_AFTER)
    return None


def _wishes(
    headers: Mapping[str, str], body: str, limited: bool
) -> Iterator[float | None]:
    for prefix in _PREFIXES:
        yield _milliseconds(headers.get(f"{prefix}retry-after-ms"))
        yield _seconds(headers.get(f"{prefix}Retry-After"))
    for pattern in (_GOOGLE, _SAID):
        if match := pattern.search(body):
            yield _seconds(match[1])
    if limited:
        if match := _RESET_IN_BODY.search(body):
            yield _seconds(match[1])
        yield _reset(headers)


def _reset(headers: Mapping[str, str]) -> float | None:
    """Return the time until the limit that is used up is reset.

    Providers report several limits. If none is said to be used up, take the one that is
    reset first.
    """
    waits, used_up = [], []
    for name, value in headers.items():
        match = _RESET_HEADER.fullmatch(name)
        seconds = _seconds(value) if match else None
        if match and seconds and seconds > 0:
            waits.append(seconds)
            remaining = name.lower().replace("reset", "remaining")
            if headers.get(remaining, "").strip() == "0":
                used_up.append(seconds)
    return max(used_up) if used_up else min(waits, default=None)


def _milliseconds(value: str | None) -> float | None:
    number = _number(value or "")
    return None if number is None else number / 1000


def _seconds(value: str | None) -> float | None:
    """Return the seconds from now: of a number, a duration, a time or a date."""
    value = (value or "").strip(" ")
    number = _number(value)
    if number is None:
        return _duration(value) or _until(value)
    if number >= _EPOCH_MILLISECONDS:
        return number / 1000 - time.time()
    return number - time.time() if number >= _EPOCH else number


def _number(value: str) -> float | None:
    value = value.strip(" ")
    return float(value) if _NUMBER.fullmatch(value) else None


def _duration(value: str) -> float | None:
    """Return the seconds of "7m12.5s", "20 seconds" or "150ms"."""
    value = value.strip(" ").lower()
    if not re.fullmatch(_DURATION, value):
        return None
    parts = _PART.findall(value)
    return sum(float(n) * _UNITS["ms" if u == "milli" else u] for n, u in parts)


def _until(moment: str) -> float | None:
    """Return the seconds until an HTTP date or an ISO 8601 time."""
    for read in (parsedate_to_datetime, _iso):
        try:
            return read(moment).timestamp() - time.time()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _iso(moment: str) -> datetime:
    found = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
