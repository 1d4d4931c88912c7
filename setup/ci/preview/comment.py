"""The comment on a merge request: preview, tests, and what a change does to the SLO."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from .problems import Misconfigured

MARKER = "<!-- blog-ai-preview -->"
MOST_FAILURES = 10  # names in the comment; the report holds them all
MARKUP = {ord(character): f"&#{ord(character)};" for character in "\\`*_[]<>|@#&!~"}
SAME = 0.05  # a value that moved less than this part of it did not move


@dataclass
class Tests:
    passed: int = 0
    skipped: int = 0
    failed: list[str] = field(default_factory=list)


def junit(paths: Iterable[Path]) -> Tests | None:
    """What JUnit reports say; None without any.

    :raise Misconfigured: a file is no such report
    """
    tests = Tests()
    for path in (found := sorted(paths)):
        try:
            cases = ElementTree.parse(path).iter("testcase")
        except (OSError, ElementTree.ParseError) as error:
            raise Misconfigured(
                f"{path} is no JUnit report ({error}): name the files that the test "
                "job has written."
            ) from error
        for case in cases:
            inside = {child.tag for child in case}
            if inside & {"failure", "error"}:
                name = f"{case.get('classname', '')}.{case.get('name', '')}"
                tests.failed.append(name.lstrip("."))
            elif "skipped" in inside:
                tests.skipped += 1
            else:
                tests.passed += 1
    return tests if found else None


def targets(content: bytes | None, source: str) -> dict[str, dict] | None:
    """The targets of a results file by their names; None without one.

    :raise Misconfigured: it is no such file
    """
    if content is None:
        return None
    try:
        found = json.loads(content)["targets"]
        return {
            target["name"]: {
                "value": _number(target["value"]),
                "met": bool(target["met"]),
                "unit": str(target["unit"]),
                "promise": str(target["promise"]),
            }
            for target in found
        }
    except (ValueError, KeyError, TypeError) as error:
        raise Misconfigured(
            f"{source} is not what the benchmark writes ({error!r}): name its results "
            "file."
        ) from error


def body(
    commit: str,
    preview: str = "",
    tests: Tests | None = None,
    here: dict[str, dict] | None = None,
    there: dict[str, dict] | None = None,
    pipeline: str = "",
    target: str = "",
) -> str:
    """The comment in GitLab's Markdown.

    :param here: the targets of this commit, as `targets` gives them
    :param there: those of the branch called `target`
    """
    parts = [
        "### Preview, tests, figures",
        _preview(preview),
        _tests(tests),
        _figures(here, there, target),
        f"<sub>For {commit[:12]}"
        + (f", [pipeline]({pipeline})" if pipeline else "")
        + ".</sub>",
    ]
    return "\n\n".join(parts) + "\n"


def _preview(url: str) -> str:
    if not url:
        return "**Preview:** none for this commit; the job `preview` says why."
    return f"**Preview:** [open it]({url}), login `admin`, password `admin`."


def _tests(tests: Tests | None) -> str:
    if tests is None:
        return "**Tests:** no report."
    mark = "❌" if tests.failed else "✅"
    counts = (
        f"{tests.passed} passed, {len(tests.failed)} failed, {tests.skipped} skipped"
    )
    lines = [f"**Tests:** {mark} {counts}", ""]
    lines += [f"- {_code(name)}" for name in tests.failed[:MOST_FAILURES]]
    if (more := len(tests.failed) - MOST_FAILURES) > 0:
        lines.append(f"- and {more} more")
    return "\n".join(lines).rstrip()


def _figures(here: dict | None, there: dict | None, target: str) -> str:
    if here is None:
        return (
            "**Figures:** not measured for this commit; with the label `load` the "
            "pipelines of this merge request measure them."
        )
    before = there or {}
    lines = [
        f"| Promise | {_cell(target) or 'Before'} | Here | Change | Met |",
        "|---|---:|---:|---:|:---:|",
        *(_row(name, now, before.get(name)) for name, now in here.items()),
        *(
            f"| {_cell(name)} | {_value(was)} | – | gone | ❌ |"
            for name, was in before.items()
            if name not in here
        ),
    ]
    note = "" if there else f"\n\n{_cell(target) or 'The target'} has no figures yet."
    return "\n".join(lines) + note


def _row(name: str, now: dict, was: dict | None) -> str:
    met = "✅" if now["met"] else "❌"
    label = f"{_cell(name)}: {_cell(now['promise'])}"
    before = _value(was) if was else "–"
    return f"| {label} | {before} | {_value(now)} | {_change(now, was)} | {met} |"


def _change(now: dict, was: dict | None) -> str:
    """How the value moved; measurements of one thing differ a little each time."""
    if not was or was["unit"] != now["unit"]:
        return "new"
    moved = now["value"] - was["value"]
    if abs(moved) <= SAME * abs(was["value"]):
        return "="
    return f"{moved / was['value']:+.0%}" if was["value"] else f"{moved:+g}"


def _value(target: dict) -> str:
    return f"{target['value']:g} {_cell(target['unit'])}".strip()


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def _cell(text: str) -> str:
    """`text` for a cell of a table: no markup, no mention of a user."""
    return " ".join(text.split()).translate(MARKUP)


def _code(text: str) -> str:
    return f"`{' '.join(text.split()).replace('`', chr(39))}`"
