# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Find what a model left for a person to fill in, such as “[Your Company Name]”."""

import re
from collections.abc import Iterable

_WORDS = (
    "your|insert|company name|business name|brand name|name of|add your|enter your|xyz"
    "|ihr|ihre|dein|deine|firmenname|votre|nom de|su empresa|tu empresa"
    "|nombre de|il tuo|la tua|nome dell|nome d[ao]|sua empresa|uw|jouw|bedrijfsnaam"
    "|twoj|nazwa|váš|vaše|název|ваша|название"
    "|您的|你的|公司名|貴社|会社名|御社|회사"
)
_SQUARE = re.compile(
    rf"\[(?:{_WORDS})(?![a-z])[^\[\]\n(){{}}]{{0,50}}\](?![(\[:])", re.IGNORECASE
)
_CURLY = re.compile(
    r"\{\{?[ ]?[a-z]{2,20}(?:[_ ][a-z]{2,20}){1,3}[ ]?\}\}?", re.IGNORECASE
)


def placeholder_in(texts: Iterable[str]) -> str:
    """Return the first placeholder in texts without code; empty if there is none."""
    for text in texts:
        if match := _SQUARE.search(text) or _CURLY.search(text):
            return match[0]
    return ""
