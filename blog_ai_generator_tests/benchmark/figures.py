# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calculate published numbers from samples."""

import math
from collections.abc import Sequence


def percentile(samples: Sequence[float], percent: float) -> float:
    """Interpolate linearly between the two nearest samples, as spreadsheets do.

    :raise ValueError: there is no sample
    """
    if not samples:
        raise ValueError("There is no sample to take a percentile of.")
    ordered = sorted(samples)
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def failure_bound(failures: int, runs: int, confidence: float = 0.95) -> float:
    """Return the upper confidence bound of the failure rate (Clopper–Pearson).

    The one-sided bound is the rate at which this number of failures, or fewer, has a
    probability of ``1 - confidence``. Without any failure it is close to ``3 / runs``.

    :return: a share between 0 and 1; 1 if nothing was run
    """
    if failures >= runs:
        return 1.0
    low, high = failures / runs, 1.0
    for _halving in range(60):
        rate = (low + high) / 2
        if at_most(failures, runs, rate) > 1 - confidence:
            low = rate
        else:
            high = rate
    return high


def at_most(failures: int, runs: int, rate: float) -> float:
    """Return the probability of at most ``failures`` in independent runs."""
    return sum(
        math.comb(runs, count) * rate**count * (1 - rate) ** (runs - count)
        for count in range(failures + 1)
    )


def columns(rows: list[dict]) -> dict[str, list]:
    return {name: [row[name] for row in rows] for name in rows[0]}
