# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turn raw samples of many answers at once into the rows that are published."""

from statistics import median

from .figures import percentile
from .plan import BATCH, BURST, SECONDS_EACH, WIDE, WIDE_BATCH

# The ways to write that are compared: ours, and one with as many calls at once.
OURS, ALTERNATIVE = "This pump", "queue_job, a worker for each call"


def of_bursts(raw: dict[str, list[dict]]) -> dict[str, float]:
    found = {}
    for width, batches in raw.items():
        posts = WIDE_BATCH if width == str(WIDE) else BATCH
        ideal = -(-posts // int(width)) * SECONDS_EACH
        found[f"bursts_{width}"] = median(ideal / it["ends"][-1] for it in batches)
        found[f"memory_{width}"] = max(it["rss"] for it in batches)
    return found


def alternatives(rows: list[dict]) -> dict[str, list[float]]:
    """Return the seconds from answer to post of the two ways that are compared.

    :param rows: of ``alternatives``; one that could not be measured has no ``end``
    """
    ends = {row["way"]: row["end"] for row in rows if row.get("end")}
    if not ends.keys() >= {OURS, ALTERNATIVE}:
        return {}
    return {"ours": ends[OURS], "theirs": ends[ALTERNATIVE]}


def of_alternatives(raw: dict[str, list[float]]) -> dict[str, float]:
    if not raw:
        return {}
    return {
        f"after_answer_p{percent}": percentile(raw["ours"], percent)
        / percentile(raw["theirs"], percent)
        for percent in (50, 95)
    }


def of_speed(raw: dict[str, float]) -> dict[str, float]:
    return {f"speed_{name}": value for name, value in raw.items()}


def of_statements(stages: dict[str, int]) -> dict[str, float]:
    """Return the statements of storing one post: alone, and in a burst.

    Nothing for older samples, which have no burst.
    """
    if "store_burst" not in stages:
        return {}
    return {
        "statements_single": stages["store_published"],
        "statements_burst": stages["store_burst"] / BURST,
    }
