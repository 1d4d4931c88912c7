# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choose how many journeys run at once, and how long each may take."""

from typing import NamedTuple

# A page takes 1–2 s on two cores that are quick, and 4 s on slow ones. A tour loads up
# to eight, beside the pages of others.
QUICK, MIDDLING = 2.5, 5.0
PAGES_OF_A_TOUR = 24
ODOOS_LIMIT = 60.0  # seconds that Odoo's own runner gives a tour


class Pace(NamedTuple):
    """The speed of a machine, as a visit shows it.

    :param page: seconds from the login until a page is ready for tours
    """

    page: float

    @property
    def lanes(self) -> int:
        """Journeys at once: fewer where pages are slow."""
        return 3 if self.page <= QUICK else 2 if self.page <= MIDDLING else 1

    @property
    def login_patience(self) -> float:
        """Seconds until the first page after a login is ready."""
        return max(10.0, 8 * self.page)

    @property
    def tour_patience(self) -> float:
        """Seconds for a whole tour; Odoo gives each step 10, some have 30."""
        return max(20.0, PAGES_OF_A_TOUR * self.page)

    @property
    def tour_limit(self) -> float:
        """Seconds for a whole tour in Odoo's own runner: its limit, or more."""
        return max(ODOOS_LIMIT, self.tour_patience)

    def __str__(self) -> str:
        return (
            f"A page is ready in {self.page:.1f} s: {self.lanes} journeys at once, "
            f"{self.tour_patience:.0f} s for a tour"
        )
