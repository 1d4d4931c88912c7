# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Take code, addresses and quotations out of a Markdown text.

They may well be in another language.
"""

import re

# Parts that say nothing about the language: code, addresses, hosts, quotations.
_ASIDE = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|https?://\S+", re.DOTALL
)
_HOST = re.compile(r"(?<![\w.@+-])[\w@+-]+(?:\.[\w@+-]+)+(?:/\S*)?", re.ASCII)
_IN_HOST = re.compile(r"[\w@+-]\.[\w@+-]", re.ASCII)
_QUOTED = re.compile(
    r"^ {0,3}>.*$|[“„][^“”„\n]{1,600}[“”]|«[^«»\n]{1,600}»|「[^「」\n]{1,600}」"
    r'|(?<!\w)"[^"\n]{1,600}"',
    re.MULTILINE,
)


def prose(text: str) -> str:
    if any(map(text.__contains__, ("`", "~~~", "://"))):
        text = _ASIDE.sub(" ", text)
    return _HOST.sub(" ", text) if _IN_HOST.search(text) else text


def without_quotations(text: str) -> str:
    return _QUOTED.sub(" ", text)
