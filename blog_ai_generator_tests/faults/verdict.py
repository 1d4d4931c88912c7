# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

# Calls in flight when a fault happens: a round pays twice for at most this many.
WIDTH = 8


class Verdict(NamedTuple):
    """The outcome of one round, as counts of posts and calls.

    :param lost: posts that were asked for and not written
    :param doubled: posts that were written twice; None if nothing is left to tell
    :param stuck: generations that were not ended in time
    :param paid_twice: calls beyond one for each post
    :param settled: seconds from the fault until all was written
    """

    lost: int
    doubled: int | None
    stuck: int
    paid_twice: int
    settled: float
