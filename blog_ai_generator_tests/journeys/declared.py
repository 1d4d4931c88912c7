# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Declare journeys."""

from collections.abc import Callable
from typing import NamedTuple

from .case import Case


class Journey(NamedTuple):
    """One journey.

    :param run: called with a ``Case``
    :param needs: of the server
    :param changes: settings of the whole site; journeys that change the same ones never
        run side by side
    :param alone: runs beside no other journey
    :param phone: on a phone's screen
    :param warnings: number of refusals that Odoo logs because of it
    """

    run: Callable[[Case], None]
    needs: frozenset[str]
    changes: frozenset[str]
    alone: bool
    phone: bool
    warnings: int

    @property
    def name(self) -> str:
        return self.run.__name__


JOURNEYS: list[Journey] = []


def journey(needs=(), changes=(), alone=False, phone=False, warnings=0) -> Callable:
    def declare(run: Callable[[Case], None]) -> Callable[[Case], None]:
        JOURNEYS.append(
            Journey(run, frozenset(needs), frozenset(changes), alone, phone, warnings)
        )
        return run

    return declare
