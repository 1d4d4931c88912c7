"""The parts whose mutants are tried, and what is said of the results."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from .paths import ADDONS, HERE, PYTHON, ROOT
from .steps import call, captured, say

PRODUCT = ROOT / ADDONS[0]
PUBLISHED = ROOT / ADDONS[1] / "benchmark" / "mutants.json"
# Reasons why mutants that no test notices do no harm, by file and changed line.
REASONS = HERE / "mutants-reasons.json"
WRITE_PAGE = (
    f"from {ADDONS[1]}.benchmark import figures_page, results; "
    "figures_page.write(results.load())"
)
KILLED = ("killed", "timed out")
KEY = ("file", "was", "now")
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
    return next((it["why"] for it in known if key_of(it) == key_of(mutant)), "")


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
    """Return what is wrong, a line each: too few were killed, or one has no reason."""
    found, least = counts(answer), PARTS[name].least
    say(f"   {name}: " + ", ".join(f"{what} {n}" for what, n in found.items()))
    lines = unjudged(it for it in answer["mutants"] if it["outcome"] not in KILLED)
    if found["share"] < least:
        share = f"{found['share']} % of the changes, not {least} %"
        lines.append(f"{name}: tests notice {share}")
    return lines


def unjudged(survivors: Iterable[dict]) -> list[str]:
    return [
        f"{it['file']}:{it['line']}: neither a test nor a reason for “{it['now']}”"
        for it in survivors
        if not it.get("noticed") and not reason(it)
    ]


def survivors(name: str) -> list[dict]:
    """Return the published survivors without a reason, to be tried again.

    A line that has changed since is left out.
    """
    left = [it for it in published()[name]["survivors"] if not reason(it)]
    return [{**it, **changed} for it in left if (changed := code_of(it))]


def code_of(mutant: dict) -> dict:
    lines = (ROOT / mutant["file"]).read_text().splitlines()
    same = [n for n, line in enumerate(lines) if line.strip() == mutant["was"]]
    if not same:
        return {}
    at = min(same, key=lambda n: abs(n + 1 - mutant["line"]))
    lines[at] = lines[at].replace(mutant["was"], mutant["now"])
    return {"line": at + 1, "code": "\n".join(lines) + "\n"}


def publish_again(name: str, answer: dict) -> list[str]:
    """Note which survivors have a test or a reason since; return those with neither.

    The share stays: tests made for a sample say little about all places.
    """
    rows = published()
    places = {key_of(it) for it in answer["mutants"] if it["outcome"] in KILLED}
    for it in rows[name]["survivors"]:
        it["why"] = reason(it)
        if key_of(it) in places:
            it["noticed"] = date.today().isoformat()
    write(rows)
    return unjudged(rows[name]["survivors"])


def key_of(mutant: dict) -> tuple[str, ...]:
    return tuple(mutant[name] for name in KEY)


def published() -> dict[str, dict]:
    return json.loads(PUBLISHED.read_text()) if PUBLISHED.exists() else {}


def write(rows: dict[str, dict]) -> None:
    PUBLISHED.write_text(json.dumps(rows, indent=1) + "\n")
    call([PYTHON, "-c", WRITE_PAGE], "mutants", "FIGURES.md was not written.", cwd=ROOT)


def publish(answers: dict[str, dict], seed: str) -> None:
    """Replace the rows of the parts that were tried in what FIGURES.md shows."""
    rows = published()
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
    write(rows)
