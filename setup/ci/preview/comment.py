"""The comment on a merge request: preview, tests, and how the figures change."""

import json
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from .problems import Misconfigured

MARKER = "<!-- blog-ai-preview -->"
MOST_FAILURES = 10  # names in the comment; the report has them all
MARKUP = {ord(character): f"&#{ord(character)};" for character in "\\`*_[]<>|@#&!~"}
SAME = 0.05  # a value that moved by less than this share did not move
WORST = ("passed", "skipped", "failed")


def junit(paths: Iterable[Path]) -> dict[str, str]:
    """Return the worst result of each test, by its name: several jobs run the same."""
    results: dict[str, str] = {}
    for path in sorted(paths):
        try:
            cases = ElementTree.parse(path).iter("testcase")
        except (OSError, ElementTree.ParseError) as error:
            raise Misconfigured(
                f"{path} is not a JUnit report ({error}): name the files that the test "
                "job has written."
            ) from error
        for case in cases:
            name = f"{case.get('classname', '')}.{case.get('name', '')}".lstrip(".")
            seen = (results.get(name, "passed"), _result(case))
            results[name] = max(seen, key=WORST.index)
    return results


def _result(case: ElementTree.Element) -> str:
    inside = {child.tag for child in case}
    if inside & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in inside else "passed"


def body(
    preview: str,
    tests: dict[str, str],
    figures: str,
    commit: str,
    pipeline: str,
    there: str = "",
) -> str:
    """Return the comment in Markdown.

    :param there: result of the tests that the preview's build ran, if it did
    """
    link = f", [pipeline]({pipeline})" if pipeline else ""
    parts = [
        "### Preview, tests, figures",
        f"**Preview:** [open it]({preview}), login `admin`, password `admin`."
        if preview
        else "**Preview:** none for this commit; the job `preview` says why.",
        _tests(tests)
        + (f"\n\n**Tests in the preview:** {_cell(there)}" if there else ""),
        figures,
        f"<sub>For {commit[:12]}{link}.</sub>",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _tests(results: dict[str, str]) -> str:
    if not results:
        return "**Tests:** no report."
    failed = [name for name, result in results.items() if result == "failed"]
    skipped = list(results.values()).count("skipped")
    passed = len(results) - len(failed) - skipped
    lines = [
        f"**Tests:** {'❌' if failed else '✅'} {passed} passed, {len(failed)} failed, "
        f"{skipped} skipped",
        "",
        *(f"- `{_line(it).replace('`', chr(39))}`" for it in failed[:MOST_FAILURES]),
    ]
    if (more := len(failed) - MOST_FAILURES) > 0:
        lines.append(f"- and {more} more")
    return "\n".join(lines).rstrip()


def figures(here: bytes | None, there: bytes | None, branch: str, source: str) -> str:
    """Return a table of the results files of this commit and of the target branch."""
    if not here:
        return (
            "**Figures:** not measured for this commit; with the label `load` the "
            "pipelines of this merge request measure them."
        )
    try:
        now, before = _targets(here), _targets(there)
        rows = [_row(name, now.get(name), before.get(name)) for name in now | before]
    except (ValueError, KeyError, TypeError) as error:
        raise Misconfigured(
            f"{source} here, or that of {branch}, is not what the benchmark writes "
            f"({error!r}): name its results file."
        ) from error
    head = [f"| Promise | {_cell(branch)} | Here | Change | Met |"]
    note = [] if before else ["", f"{_cell(branch)} has no figures yet."]
    return "\n".join([*head, "|---|---:|---:|---:|:---:|", *rows, *note])


def _targets(content: bytes | None) -> dict[str, dict]:
    found = json.loads(content)["targets"] if content else []
    return {target["name"]: target for target in found}


def _row(name: str, now: dict | None, was: dict | None) -> str:
    if not now:
        return f"| {_cell(name)} | {_value(was)} | – | gone | ❌ |"
    met = "✅" if now["met"] else "❌"
    label = ": ".join(filter(None, map(_cell, (name, now["promise"]))))
    before = _value(was) if was else "–"
    return f"| {label} | {before} | {_value(now)} | {_change(now, was)} | {met} |"


def _change(now: dict, was: dict | None) -> str:
    """Describe the change; two measurements of the same code differ a little."""
    if not was or was["unit"] != now["unit"]:
        return "new"
    moved = now["value"] - was["value"]
    if abs(moved) <= SAME * abs(was["value"]):
        return "="
    return f"{moved / was['value']:+.0%}" if was["value"] else f"+{_rounded(moved)}"


def _value(target: dict) -> str:
    return f"{_rounded(target['value'])} {_cell(target['unit'])}".strip()


def _rounded(value: float) -> str:
    """Round to three significant digits; to whole numbers from 100 on."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _cell(text: str) -> str:
    """Return `text` for a cell of a table, without markup or mentions of users."""
    return _line(text).translate(MARKUP)


def _line(text: str) -> str:
    return " ".join(text.split())
