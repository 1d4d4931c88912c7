# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keep API keys out of logs and errors."""

import json
import re
from urllib.parse import quote

from .text import storable

# Characters of the technical text of an error or a call.
DETAIL_LIMIT = 2000
_LOOKS_LIKE_A_KEY = re.compile(
    r"\b(?:sk|pk|rk|gsk|key|api|xai|hf|org|AIza)[-_]?[\w-]*(?:[*.]{2}|\u2026)[\w*.\u2026-]*"
    r"|\b(?:sk|pk|rk|gsk|xai|hf)[-_][\w-]{6,}"
    r"|\bAIza[\w-]{6,}"
    r"|[\w-]*\*{2,}[\w*-]*"
    r"|(?<=[Bb]earer )\S+"
)
# Characters; a shorter key is a word like "none" or "local", which may well be written.
_LEAST_OF_KEY = 12


def holds_key(text: str, key: str) -> bool:
    """Return whether ``text``, as it is or as JSON, contains a real key."""
    key = key.strip()
    is_secret = len(key) >= _LEAST_OF_KEY and not key.isalpha()
    return is_secret and any(secret in text for secret in _spellings(key))


def scrub(text: str, key: str) -> str:
    """Return ``text`` without ``key`` and without anything that looks like a key.

    Nothing that a database refuses is left either. Providers like to quote a part of
    the key in their errors.
    """
    key, text = key.strip(), storable(text)
    for secret in _spellings(key):
        # A dummy key of a few letters must not blank out every such letter.
        edge = r"\b" if len(secret) < 8 and secret.isalnum() else ""
        text = re.sub(edge + re.escape(secret) + edge, "***", text)
    if len(key) >= 12:
        # "abcd…wxyz", "abcd****": a word that starts like the key is taken for it.
        text = re.sub(re.escape(key[:6]) + r"\S*", "***", text)
    return _LOOKS_LIKE_A_KEY.sub("***", text)[:DETAIL_LIMIT]


def _spellings(key: str) -> set[str]:
    quoted = quote(key, safe="", errors="replace")
    return {key, quoted, json.dumps(key)[1:-1]} - {""}
