"""Runboat's logs as text that may be kept: no HTML, no secret."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

MASK = "[MASKED]"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# The public shapes of tokens, for those that Runboat knows and this job does not.
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


class _Log(HTMLParser):
    """The text inside `<pre class="ansi2html-content">`."""

    def __init__(self):
        super().__init__()
        self.text: list[str] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        if tag == "pre" and "ansi2html-content" in (dict(attrs).get("class") or ""):
            self.inside = True

    def handle_endtag(self, tag):
        if tag == "pre":
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.text.append(data)


def text_of(html: str) -> str:
    """The log in a page of Runboat's, without what could steer a terminal."""
    parser = _Log()
    parser.feed(html)
    parser.close()
    return CONTROLS.sub("", "".join(parser.text))


def masked(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, MASK)
    for token in TOKENS:
        text = token.sub(MASK, text)
    return text


def addons_failed(log: str, database: str) -> bool:
    """Whether `database` was given up after its addons had been installed.

    Runboat's script traces itself: a database whose installation failed is dropped,
    and the job ends well all the same.
    """
    install = log.rfind(f"-d {database} -i ")
    return 0 <= install < log.rfind(f"dropdb --if-exists {database}\n")
