"""Turn the log of Odoo's tests into a JUnit report: junit.py LOG REPORT."""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from devkit.report import RECORD, SKIPPED, STARTED, TROUBLE

STATS = re.compile(r"(?P<test>\w+\.\w+): (?P<seconds>[\d.]+)s \d+ queries")


def cases(lines: list[str]) -> dict[str, dict]:
    """Return the failures, and the reason of a skip, of each test: logger:name."""
    found: dict[str, dict] = {}
    trouble = None
    for line in lines:
        if not (record := RECORD.match(line)):
            if trouble is not None:  # a traceback goes on
                trouble.append(line)
            continue
        trouble = None
        logger, message = record["logger"], record["message"]
        if match := STARTED.fullmatch(message):
            found[f"{logger}:{match['test']}"] = {"failures": []}
        elif match := SKIPPED.fullmatch(message):
            case(found, logger, match["test"])["skipped"] = match["reason"]
        elif record["level"] == "ERROR" and (match := TROUBLE.fullmatch(message)):
            trouble = [message]
            failures = case(found, logger, match["owner"] or match["test"])["failures"]
            failures.append(trouble)
    return found


def case(found: dict[str, dict], logger: str, test: str) -> dict:
    return found.setdefault(f"{logger}:{test}", {"failures": []})


def seconds(lines: list[str]) -> dict[str, str]:
    """Return the duration of each test, by its name without the logger."""
    return {m["test"]: m["seconds"] for line in lines if (m := STATS.search(line))}


def report(lines: list[str]) -> ElementTree.Element:
    found, took = cases(lines), seconds(lines)
    failed = sum(bool(it["failures"]) for it in found.values())
    suite = ElementTree.Element(
        "testsuite", name="Odoo", tests=str(len(found)), failures=str(failed)
    )
    for name, it in found.items():
        logger, _, test = name.partition(":")
        entry = ElementTree.SubElement(
            suite, "testcase", classname=logger, name=test, time=took.get(test, "0")
        )
        if it["failures"]:
            text = "\n\n".join("\n".join(failure) for failure in it["failures"])
            failure = ElementTree.SubElement(entry, "failure", message=test)
            failure.text = printable(text)
        if "skipped" in it:
            ElementTree.SubElement(entry, "skipped", message=it["skipped"])
    return suite


def printable(text: str) -> str:
    """Remove what XML cannot contain, such as the colors of a terminal."""
    return re.sub(r"\x1b\[[\d;]*m|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def main() -> None:
    log, target = sys.argv[1:]
    lines = Path(log).read_text(errors="replace").splitlines()
    tree = ElementTree.ElementTree(report(lines))
    tree.write(target, encoding="utf-8", xml_declaration=True)


if __name__ == "__main__":
    main()
