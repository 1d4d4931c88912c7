# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The counting rule and the limit of each network.

Sources:

- X: https://docs.x.com/fundamentals/counting-characters and ``config/v3.json`` of
  twitter-text. Any sequence with the form of an emoji counts 2, even if twitter-text,
  which knows the emoji of 2018, would count its parts.
- Bluesky: ``lexicons/app/bsky/feed/post.json`` of atproto.
- Mastodon: ``StatusLengthValidator`` of its server, and
  https://docs.joinmastodon.org/user/posting/. A server may set another limit. It counts
  by the tables of its Ruby: those of Ruby 3.3, Unicode 15.0, take letters that a virama
  joins for several. Newer ones never count more, so that a text that fits by the older
  rule fits by both.
- LinkedIn publishes no rule. Its API answers “text length (8694 characters) exceeded
  the maximum allowed (3000 characters)” (https://github.com/n8n-io/n8n/issues/22899).
  The unit is assumed to be the UTF-16 code unit, in which a Java server measures a
  string. There are never fewer of them than code points or visible characters, so
  that a text that fits by this rule fits by the others.
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

# Unlike `re` it knows graphemes and emoji, by the Unicode tables that browsers use.
import regex

from .links import Span, links_on_mastodon, links_on_x, percent_encoded

GRAPHEME = regex.compile(r"\X")
_EMOJI_PART = (
    r"(?:[0-9#*]\uFE0F?\u20E3|[\xA9\xAE]\uFE0F|(?![0-9#*\xA9\xAE])\p{Emoji}"
    r"(?:\uFE0F\u20E3?|\p{EMod}|[\U000E0020-\U000E007E]+\U000E007F)?)"
)
EMOJI = regex.compile(rf"\p{{RI}}\p{{RI}}|{_EMOJI_PART}(?:\u200D{_EMOJI_PART})*")
# A letter that only Unicode 15.1 (GB9c) joins to what precedes it. The vowel signs of
# Thai and Lao are letters, too, and were always joined.
JOINED = regex.compile(r"(?<=[\p{M}\p{EMod}\u200D])(?![\u0E33\u0EB3])\p{Lo}")
# Code points that weigh 1 on X; all others weigh 2.
LIGHT = regex.compile(r"[\0-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")


class Budget(NamedTuple):
    """A limit of length, and the cost of one visible character in its unit."""

    cost: Callable[[str], int]
    limit: int


class Rule(NamedTuple):
    """The way in which a network counts.

    :param budgets: limits that a text must all keep; the first one is shown
    :param spans: finds the parts of a text that have a cost of their own
    :param prepare: changes a text before it is counted
    :param address: changes the address of a page before it is sent
    """

    budgets: tuple[Budget, ...]
    spans: Callable[[str], Iterator[Span]] = lambda text: iter(())
    prepare: Callable[[str], str] = str
    address: Callable[[str], str] = percent_encoded


def one(grapheme: str) -> int:
    return 1


def older_graphemes(grapheme: str) -> int:
    return 1 + len(JOINED.findall(grapheme))


def bytes_of(grapheme: str) -> int:
    return len(grapheme.encode("utf-8", "surrogatepass"))


def utf16_units(grapheme: str) -> int:
    return len(grapheme.encode("utf-16-le", "surrogatepass")) // 2


def weight_on_x(grapheme: str) -> int:
    rest, emoji = EMOJI.subn("", grapheme)
    return 2 * (emoji + len(rest)) - len(LIGHT.findall(rest))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


RULES = {
    "x": Rule((Budget(weight_on_x, 280),), links_on_x, composed),
    # It links an address up to the next blank, in any script, and counts it in full, as
    # @atproto/api 0.19.19 does: an encoded title in Japanese would take nine characters
    # a letter.
    "bluesky": Rule((Budget(one, 300), Budget(bytes_of, 3000)), address=str),
    "mastodon": Rule((Budget(older_graphemes, 500),), links_on_mastodon),
    "linkedin": Rule((Budget(utf16_units, 3000),)),
}
