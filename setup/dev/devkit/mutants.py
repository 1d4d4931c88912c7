"""The parts whose mutants are tried, and what is said of the results."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from .paths import ADDONS, HERE, PYTHON, ROOT
from .steps import call, captured, say

PRODUCT = ROOT / ADDONS[0]
PUBLISHED = ROOT / ADDONS[1] / "benchmark" / "mutants.json"
# Why a mutant that no test notices does no harm. Looked for by file and changed line.
REASONS = HERE / "mutants-reasons.json"
WRITE_PAGE = (
    f"from {ADDONS[1]}.benchmark import figures_page, results; "
    "figures_page.write(results.load())"
)
KILLED = ("killed", "timed out")
WING = """
    blog_ai_budget blog_ai_budget_month blog_ai_generation_afford
    blog_ai_generation_attempt blog_ai_generation_budget blog_ai_generation_claim
    blog_ai_generation_fallback blog_ai_generation_gate blog_ai_generation_hold
    blog_ai_generation_state blog_ai_provider_hold
""".split()


class Part(NamedTuple):
    """Code whose mutants are tried together.

    :ivar files: returns its files, relative to the root
    :ivar count: how many mutants are tried
    :ivar least: the share of them, in percent, that tests have to notice
    :ivar database: whether the tests need one
    """

    files: Callable[[], list[str]]
    count: int
    least: int
    database: bool


def files_of_llm() -> list[str]:
    return relative((PRODUCT / "llm").rglob("*.py"))


def files_of_pump() -> list[str]:
    models = (PRODUCT / "models" / f"{name}.py" for name in WING)
    return relative([*(PRODUCT / "pump").rglob("*.py"), *models])


def relative(paths) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in paths)


PARTS = {
    "llm": Part(files_of_llm, 400, 85, False),
    "pump": Part(files_of_pump, 80, 90, True),
}


def reason(mutant: dict) -> str:
    known = json.loads(REASONS.read_text()) if REASONS.exists() else []
    same = ("file", "was", "now")
    return next(
        (it["why"] for it in known if all(it[n] == mutant[n] for n in same)), ""
    )


def counts(answer: dict) -> dict:
    """Return how many were tried and killed, are harmless, and are left."""
    outcomes = Counter(it["outcome"] for it in answer["mutants"])
    left = [it for it in answer["mutants"] if it["outcome"] not in KILLED]
    harmless = sum(bool(reason(it)) for it in left)
    tried, killed = len(answer["mutants"]), sum(outcomes[it] for it in KILLED)
    return {
        "places": answer["places"],
        "tried": tried,
        "killed": killed,
        "harmless": harmless,
        "left": tried - killed - harmless,
        "share": round(100 * killed / (tried - harmless), 1),
    }


def judged(name: str, answer: dict) -> list[str]:
    """Return what is wrong, a line each: nothing if enough were killed."""
    found, least = counts(answer), PARTS[name].least
    say(f"   {name}: " + ", ".join(f"{what} {n}" for what, n in found.items()))
    if found["share"] >= least:
        return []
    return [f"{name}: tests notice {found['share']} % of the changes, not {least} %"]


def publish(answers: dict[str, dict], seed: str) -> None:
    """Replace the rows of the parts that were tried in what FIGURES.md shows."""
    rows = json.loads(PUBLISHED.read_text()) if PUBLISHED.exists() else {}
    commit = captured(["git", "-C", ROOT, "rev-parse", "--short=12", "HEAD"]).stdout
    for name, answer in answers.items():
        left = [it for it in answer["mutants"] if it["outcome"] not in KILLED]
        rows[name] = {
            "date": date.today().isoformat(),
            "commit": commit.strip(),
            "seed": seed,
            "least": PARTS[name].least,
            **counts(answer),
            "survivors": [{**it, "why": reason(it)} for it in left],
        }
    PUBLISHED.write_text(json.dumps(rows, indent=1) + "\n")
    call([PYTHON, "-c", WRITE_PAGE], "mutants", "FIGURES.md was not written.", cwd=ROOT)
