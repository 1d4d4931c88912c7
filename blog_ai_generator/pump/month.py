# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The months of budgets."""

from datetime import date, datetime, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Month(NamedTuple):
    """A calendar month in a time zone.

    :param first: its first day
    :param begins: in UTC and naive
    :param ends: in UTC and naive; the begin of the next month
    """

    first: date
    begins: datetime
    ends: datetime

    @classmethod
    def at(cls, moment: datetime, zone: str) -> "Month":
        """Return the month of a moment.

        :param moment: in UTC and naive
        :param zone: an IANA time zone; UTC if it is unknown or empty
        """
        tz = _zone(zone)
        local = moment.replace(tzinfo=timezone.utc).astimezone(tz)
        first = date(local.year, local.month, 1)
        years, month = divmod(local.month, 12)
        following = date(local.year + years, month + 1, 1)
        return cls(first, _begin(first, tz), _begin(following, tz))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def _begin(day: date, tz: ZoneInfo) -> datetime:
    local = datetime(day.year, day.month, day.day, tzinfo=tz)
    return local.astimezone(timezone.utc).replace(tzinfo=None)
