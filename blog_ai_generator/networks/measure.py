# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure a text by the rule of a network."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from .rules import GRAPHEME, RULES, Budget, Rule


class Measure(NamedTuple):
    """The length of a text by the rule of a network.

    :param length: in the network's own unit, including the link
    :param limit: in the same unit
    :param excess: visible characters to remove from the end of the text, before its
        link, until it fits; all of them if the link alone is too long
    :param is_valid: whether the network accepts the text with its link
    """

    length: int
    limit: int
    excess: int
    is_valid: bool


class Unit(NamedTuple):
    """A part that is kept or cut as a whole: a visible character, or a link of many."""

    characters: int
    cost: int


# Each character of ASCII costs one by every rule. Only a carriage return may be less
# than a visible one.
ASCII, RETURN = Unit(1, 1), "\r"


def shared_text(text: str, link: str = "") -> str:
    """Return the text and, on a line of its own, the link."""
    return "\n".join(part for part in (text, link) if part)


def shared_link(network: str, address: str) -> str:
    """Return the address of a page in the form that the network links as a whole.

    :param network: a key of :data:`~.rules.RULES`
    """
    return RULES[network].address(address)


def measure(
    network: str, text: str, link: str = "", limit: int | None = None
) -> Measure:
    """Measure ``text`` with the ``link`` that will follow it.

    :param network: a key of :data:`~.rules.RULES`
    :param limit: instead of the network's own, for servers of Mastodon that set one
    """
    rule = RULES[network]
    first, *others = rule.budgets
    budgets = [first._replace(limit=limit or first.limit), *others]
    measures = [_measure_by(budget, rule, text, link) for budget in budgets]
    return measures[0]._replace(
        excess=max(each.excess for each in measures),
        is_valid=all(each.is_valid for each in measures),
    )


def _measure_by(budget: Budget, rule: Rule, text: str, link: str) -> Measure:
    units = list(_units(budget, rule, text))
    ending = shared_text(text, link)[len(text) :]
    room = budget.limit - sum(unit.cost for unit in _units(budget, rule, ending))
    left = room - sum(unit.cost for unit in units)
    return Measure(budget.limit - left, budget.limit, _excess(units, room), left >= 0)


def _units(budget: Budget, rule: Rule, text: str) -> Iterator[Unit]:
    text = rule.prepare(text)
    end = 0
    for span in rule.spans(text):
        yield from _characters(budget, text[end : span.start])
        spanned = text[span.start : span.end]
        yield Unit(len(GRAPHEME.findall(spanned)), span.cost)
        end = span.end
    yield from _characters(budget, text[end:])


def _characters(budget: Budget, text: str) -> Iterator[Unit]:
    if text.isascii() and RETURN not in text:
        yield from repeat(ASCII, len(text))
        return
    for grapheme in GRAPHEME.findall(text):
        yield Unit(1, budget.cost(grapheme))


def _excess(units: Sequence[Unit], room: int) -> int:
    """Return the number of characters after the last unit for which there is room."""
    for kept, unit in enumerate(units):
        room -= unit.cost
        if room < 0:
            return sum(unit.characters for unit in units[kept:])
    return 0
