# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turn raw samples into the rows that are published."""

import json
import re
from pathlib import Path
from statistics import median

from . import burst_results
from .figures import failure_bound, percentile
from .plan import BATCH, SECONDS_EACH, WIDTH
from .reasons import REASONS
from .targets import TARGETS

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"
INNERMOST = re.compile(r"\[[^][{}\"]+\]")
# Figures of each full run that the history shows, with the names that they have there.
IN_HISTORY = {
    "share_p50": "our own share of click to post, P50, milliseconds",
    "throughput": "throughput of 100 posts of 2 s, share of the ideal",
    "memory": "peak RSS of an Odoo process, MB",
}
IDEAL = -(-BATCH // WIDTH) * SECONDS_EACH  # ideal seconds for the 100 posts of 2 s


def values(raw: dict) -> dict[str, float]:
    """Return the number for each measured target, by its key in ``TARGETS``."""
    found: dict[str, float] = {}
    for name, read in READERS.items():
        if name in raw:
            found.update(read(raw[name]))
    return {key: found[key] for key in TARGETS if key in found}


def of_latency(raw: dict) -> dict:
    shares = own_share(raw)
    # No emails are sent inside one process.
    mails = {"mail_busy": percentile(raw["mail"], 95)} if "mail" in raw else {}
    return {
        "latency_p50": percentile(raw["total"], 50),
        "latency_p99": percentile(raw["total"], 99),
        "share_p50": percentile(shares, 50),
        "share_p99": percentile(shares, 99),
        **mails,
        **of_tokens(raw["tokens"]),
    }


def own_share(raw: dict) -> list[float]:
    """Return the milliseconds of each post that were not the provider's."""
    both = zip(raw["total"], raw["provider"], strict=True)
    return [(total - provider) * 1000 for total, provider in both]


def of_tokens(raw: dict) -> dict:
    return {
        "tokens_body": median(raw["body"]),
        "tokens_answer": max(raw["answer"]),
        "tokens_prompt": max(raw["prompt"]),
    }


def of_throughput(batches: list[dict]) -> dict:
    return {
        "in_flight": min(batch["most"] for batch in batches),
        "throughput": median(IDEAL / batch["ends"][-1] for batch in batches),
    }


def of_slots(runs: list[dict]) -> dict:
    return {"slots_lost": sum(run["slots"] - run["posts"] for run in runs)}


def of_memory(processes: list[dict]) -> dict:
    return {"memory": max(max(process["rss"]) for process in processes)}


def of_publication(raw: dict) -> dict:
    return {
        "outbox": percentile(raw["outbox"], 95),
        "mail": percentile(raw["mail"], 95),
    }


def of_template(raw: dict) -> dict:
    # The time of Odoo's own modules tells how quick the machine is.
    parts = {"cold": raw["cold"], "odoo": raw["cold"] - raw["addons"], **raw}
    return {f"template_{name}": seconds for name, seconds in parts.items()}


def of_bystanders(raw: dict) -> dict:
    return {
        f"others_{name}": percentile(raw["busy"][name], 95)
        / percentile(raw["idle"][name], 95)
        for name in raw["idle"]
    }


def of_journeys(runs: list[dict]) -> dict:
    failed = sum(1 for run in runs if run["problem"])
    return {
        "failures": 100 * failed / len(runs),
        "failures_bound": 100 * failure_bound(failed, len(runs)),
    }


def of_queries(stages: dict[str, int]) -> dict:
    """Return the statements from claim to published post, and those of the wizard."""
    return {
        "queries": stages["generation"],
        "queries_wizard": stages["wizard"],
        **burst_results.of_statements(stages),
    }


def of_leftovers(found: dict[str, list]) -> dict:
    return {"leftovers": sum(map(len, found.values()))}


READERS = {
    "latency": of_latency,
    "throughput": of_throughput,
    "slots": of_slots,
    "memory": of_memory,
    "publication": of_publication,
    "template": of_template,
    "bystanders": of_bystanders,
    "journeys": of_journeys,
    "queries": of_queries,
    "leftovers": of_leftovers,
    "bursts": burst_results.of_bursts,
    "speed": burst_results.of_speed,
    "alternatives": burst_results.of_alternatives,
}


def rows(found: dict[str, float]) -> list[dict]:
    return [
        TARGETS[key].result(round(value, 4), REASONS.get(key, ""))
        for key, value in found.items()
    ]


def broken(found: dict[str, float]) -> list[str]:
    """Return the names of missed promises and exact counts."""
    return [
        TARGETS[key].name for key, it in found.items() if TARGETS[key].is_broken(it)
    ]


def slow(found: dict[str, float]) -> list[str]:
    return [TARGETS[key].name for key, it in found.items() if TARGETS[key].is_slow(it)]


def load(path: Path = RESULTS) -> dict:
    return json.loads(path.read_text("utf-8"))


def save(results: dict, path: Path) -> None:
    """Write JSON in which a list of samples is one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, indent=2, ensure_ascii=False)
    path.write_text(
        INNERMOST.sub(lambda it: " ".join(it[0].split()), text) + "\n", "utf-8"
    )


def publish(results: dict, path: Path = RESULTS) -> None:
    """Replace the published results, and keep their history.

    The history says what was changed to reach a target, with the figure before and
    after. Those entries are added by hand; a new full run adds what `pair` returns.
    """
    before = load(path)
    pairs = pair(before, results) if before["raw"] != results["raw"] else []
    save({**results, "history": [*before["history"], *pairs]}, path)


def pair(before: dict, after: dict) -> list[dict]:
    """Return the history's entries of two full runs."""
    old, new = values(before["raw"]), values(after["raw"])
    about = {
        "date": after["date"],
        "commit": after["commit"][:7],
        "what": f"Both full runs, of {before['date']} and of {after['date']}",
    }
    return [
        {
            **about,
            "metric": metric,
            "before": round(old[key], 4),
            "after": round(new[key], 4),
        }
        for key, metric in IN_HISTORY.items()
        if key in old and key in new
    ]


def rounded(value):
    """Round numbers to four decimals: no clock here is more exact."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(it) for key, it in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(it) for it in value]
    return value
