"""Runboat's logs as text that may be kept: no HTML, no secret."""

import html
import re
from collections.abc import Iterable

MASK = "[MASKED]"
LOG = re.compile(r'<pre class="[^"]*\bansi2html-content\b[^"]*">(.*?)</pre>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TESTS = re.compile(  # the line of runboat-initialize-and-test.sh
    r"(?m)^Tests of the addons: (\d{1,6}) failed, (\d{1,6}) error\(s\) of (\d{1,6}) "
)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# The public shapes of tokens, for those that Runboat has and this job has not.
TOKENS = (
    re.compile(r"\bgl[a-z]{2,8}-[\w.-]{12,}"),  # GitLab
    re.compile(r"\b(?:gh[opsur]|github_pat)_\w{12,}"),  # GitHub
    re.compile(r"\bsk-[\w-]{12,}"),  # OpenAI, Anthropic and others
    re.compile(r"(?<=://)[^\s/@]+(?=@)"),  # user and password in an address
    re.compile(
        r"""(?ix) (?<![\w-]) (?:private|access|job)[_-]token (?:=|:\s*) [^\s&"']+"""
    ),
    re.compile(r"(?i)\b(?:bearer|basic)\s+[\w.~+/-]{16,}=*"),
)


def text_of(page: str) -> str:
    """Return the log in a page of Runboat's, without what could steer a terminal."""
    marked = "".join(LOG.findall(page))
    return CONTROLS.sub("", html.unescape(TAG.sub("", marked)))


def tests_in(log: str) -> str:
    """Return the tests' result in a build's log, in words of our own; or nothing.

    The code of a merge request can write anything to that log: only numbers are taken.
    """
    if not (found := TESTS.findall(log)):
        return ""
    failed, errors, run = map(int, found[-1])
    return f"{run} run, {failed + errors} failed"


def masked(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, MASK)
    for token in TOKENS:
        text = token.sub(MASK, text)
    return text
