# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Promised bounds and our own targets: one row for each published number."""

import operator
import re
from typing import NamedTuple

BOUND = re.compile(r"(?P<sign>[<≤≥=]) (?P<number>[\d.,]+)|(?P<low>[\d,]+)–(?P<high>.+)")
# A slow machine misses a promise in these units, too.
CLOCKS = ("s", "ms")
SIGNS = {"<": operator.lt, "≤": operator.le, "≥": operator.ge, "=": operator.eq}


class Target(NamedTuple):
    """One published number.

    :param promise: a bound that must be kept, such as ``< 30`` or ``800–1,200``; empty
        if none was given
    :param target: the bound that we set ourselves; empty for the machine's own speed
    :param exact: a count that never depends on the machine: missing the target fails
        the run
    """

    name: str
    unit: str
    promise: str
    target: str
    exact: bool = False

    def result(self, value: float, why: str = "") -> dict:
        """Return the row of the results file.

        :param why: the reason to give if the target is missed
        """
        met = holds(self.target, value)
        return {
            "name": self.name,
            "value": value,
            "unit": self.unit,
            "promise": self.promise,
            "target": self.target,
            "met": met,
            **({"why": why} if why and not met else {}),
        }

    def is_broken(self, value: float) -> bool:
        """Return whether a promised count or ratio is missed, which fails the run."""
        return (self.unit not in CLOCKS and not holds(self.promise, value)) or (
            self.exact and not holds(self.target, value)
        )

    def is_slow(self, value: float) -> bool:
        """Return whether this machine takes longer than promised."""
        return self.unit in CLOCKS and not holds(self.promise, value)


def missed(rows: list[dict]) -> list[str]:
    """Return the names of missed targets: a reason makes none of them met."""
    return [row["name"] for row in rows if not row["met"]]


def holds(bound: str, value: float) -> bool:
    """Return whether the value keeps a bound; an empty one is always kept.

    :raise ValueError: the bound has another form
    """
    if not bound:
        return True
    found = BOUND.fullmatch(bound)
    if not found:
        raise ValueError(f"{bound!r} is not a bound.")
    if found["sign"]:
        return SIGNS[found["sign"]](value, number(found["number"]))
    return number(found["low"]) <= value <= number(found["high"])


def number(text: str) -> float:
    return float(text.replace(",", ""))


# Many answers at once. “Before” is the build 386040e, and queue_job has 34 workers:
# both are measured in the same run.
BURSTS = {
    "speed_posts": Target(
        "Posts/s, no covers, answers at once / before", "×", "", "≥ 2.5"
    ),
    "speed_computed": Target(
        "Processor time of a post, no cover / before", "×", "", "≤ 0.45"
    ),
    "speed_alone": Target(
        "Click → stored, one post, no cover / before", "×", "", "≤ 1.0"
    ),
    "statements_burst": Target("SQL to store a post, 16 at once", "", "", "≤ 9", True),
    "statements_single": Target("SQL to store a post, alone", "", "", "≤ 27", True),
    "bursts_32": Target("100 posts of 2 s / ideal, 32 in flight", "×", "", "≥ 0.97"),
    "bursts_64": Target("200 posts of 2 s / ideal, 64 in flight", "×", "", "≥ 0.97"),
    "memory_32": Target("Peak RSS of a pump, 32 in flight", "MB", "", "≤ 150"),
    "memory_64": Target("Peak RSS of a pump, 64 in flight", "MB", "", "≤ 165"),
    "after_answer_p50": Target("Answer → post / queue_job, P50", "×", "", "≤ 1.0"),
    "after_answer_p95": Target("Answer → post / queue_job, P95", "×", "", "≤ 1.0"),
}  # fmt: skip
TARGETS = {
    "latency_p50": Target("Click → post created, P50", "s", "< 30", "< 30"),
    "latency_p99": Target("Click → post created, P99", "s", "< 60", "< 60"),
    "share_p50": Target("Own share (without the provider), P50", "ms", "", "≤ 120"),
    "share_p99": Target("Own share (without the provider), P99", "ms", "", "≤ 500"),
    "tokens_body": Target("Tokens of an 800-word body", "", "800–1,200", "800–1,200"),
    "tokens_answer": Target("Tokens of the whole answer", "", "", "≤ 1,450", True),
    "tokens_prompt": Target("Tokens of the prompt", "", "", "≤ 450", True),
    # One more than before a claim looks for pages to link to.
    "queries": Target("SQL statements per post", "", "< 50", "≤ 33"),
    "queries_wizard": Target("SQL statements of “Write a post”", "", "", "≤ 24"),
    "in_flight": Target("Posts in flight at once", "", "≥ 5", "≥ 32", True),
    "throughput": Target("Throughput of 100 posts of 2 s / ideal", "×", "", "≥ 0.97"),
    "slots_lost": Target("Lost by 5 and 10 parallel slots", "", "= 0", "= 0", True),
    "memory": Target("Peak RSS of an Odoo process", "MB", "< 500", "≤ 180"),
    "outbox": Target("Publication → outbox", "s", "< 5", "≤ 1"),
    "mail": Target("Publication → mail server", "s", "< 5", "≤ 1"),
    "mail_busy": Target("Publication → mail server, 20 in work", "s", "< 5", "≤ 1"),
    "template_cold": Target("Template database, cold", "s", "< 60", "≤ 45"),
    "template_odoo": Target("Template database, cold, without the addons", "s", "", ""),
    "template_addons": Target("Template database, share of the addons", "s", "", "≤ 4"),
    "template_reuse": Target("Template database, reused", "s", "< 60", "≤ 3"),
    "others_form": Target("Blog form, P95 / idle, 32 in flight", "×", "", "≤ 1.1"),
    "others_page": Target("Public page, P95 / idle, 32 in flight", "×", "", "≤ 1.1"),
    **BURSTS,
    "leftovers": Target("Leftovers: leases, calls, warnings", "", "= 0", "= 0", True),
    "failures": Target("Failed journey runs", "%", "< 2", "= 0", True),
    "failures_bound": Target("Failed journey runs, 95 % upper bound", "%", "", "< 0.6"),
}  # fmt: skip
