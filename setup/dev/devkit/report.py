"""Read Odoo's log while the tests run: count them and show their results."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field

from .steps import NEWS_EVERY, say

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ "
    r"(?P<logger>\S+): "
    r"(?P<message>.*?) *$"
)
STARTED = re.compile(r"Starting (?P<test>\S+\.\S+) \.\.\.")
TROUBLE = re.compile(r"(?:FAIL|ERROR): (?:Subtest (?P<owner>\S+) |)(?P<test>.+)")
SKIPPED = re.compile(r"skipped (?P<test>.+?) : (?P<reason>.*)")
# A test skipped with this ending is run by another command: it is no failure.
ELSEWHERE = re.compile(r": make \w+ runs it\.$")
SUMMARY = re.compile(r"\d+ failed, \d+ error\(s\) of \d+ tests (when|without)")
# Logged by `query_case.py` when the numbers are not those of the template.
UNPINNED = "Only own statements are counted"
PYTEST_ENDS = re.compile(r"^.*\d+ \w+ in [\d.]+s.*$", re.MULTILINE)
PYTEST = re.compile(r"(\d+) (passed|failed|skipped|error)")


@dataclass
class Report:
    """The results of the tests, as far as the log has been read."""

    started: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    excuse: str = ""  # tests that are skipped for this reason are no failure
    skipped: dict[str, str] = field(default_factory=dict)  # test → reason
    troubles: list[str] = field(default_factory=list)  # other reasons to fail
    others: tuple[int, int, int] = (0, 0, 0)  # passed, failed, skipped outside Odoo
    tours: int = 0
    complete: bool = False  # the runner reached its closing line
    first_at: float | None = None  # time.monotonic() of the first test
    group: str = ""  # the test class that is running
    size: int = 0  # number of its tests that have started
    since: float = 0.0  # time.monotonic() when its first test began
    told: float = 0.0  # the same of the last line about the class
    last: float = 0.0  # the same of the last record: the log's own times may be frozen
    showing: bool = False  # the record being read is shown

    @property
    def red(self) -> bool:
        return bool(self.failed or self.missed or self.troubles or any(self.others[1:]))

    @property
    def missed(self) -> dict[str, str]:
        """The skipped tests that should have run, with the reasons."""
        excuse = {self.excuse} - {""}
        return {
            test: why
            for test, why in self.skipped.items()
            if why not in excuse and not ELSEWHERE.search(why)
        }

    def read(self, line: str) -> None:
        """Read the next line of the log, and print it if it is part of a failure."""
        if record := RECORD.match(line):
            self.showing = False
            self.take(**record.groupdict())
        if self.showing:
            say(line.rstrip())

    def take(self, level: str, logger: str, message: str) -> None:
        now = time.monotonic()
        self.complete |= bool(SUMMARY.match(message))
        self.tours += message == "tour succeeded"
        if message.startswith(UNPINNED) and message not in self.troubles:
            self.troubles.append(message)
        if message == "Starting post tests":  # Odoo compiles asset bundles first
            self.close_group()
        elif match := STARTED.fullmatch(message):
            self.begin(logger, match["test"], now)
        elif match := SKIPPED.fullmatch(message):
            self.skipped[f"{logger}:{match['test']}"] = match["reason"]
        elif level == "ERROR" and (match := TROUBLE.fullmatch(message)):
            self.failed.add(f"{logger}:{match['owner'] or match['test']}")
            self.showing = True
        self.last = now

    def begin(self, logger: str, test: str, now: float) -> None:
        self.first_at = self.first_at or now
        group = f"{logger.removeprefix('odoo.addons.')}.{test.rpartition('.')[0]}"
        if group != self.group:
            self.close_group()
            self.group, self.size, self.since, self.told = group, 0, now, now
        elif now - self.told >= NEWS_EVERY:
            say(f"   … {now - self.since:.0f} s, {test}")
            self.told = now
        self.size += 1
        self.started.add(f"{logger}:{test}")

    def close_group(self) -> None:
        if self.group:
            say(f"   {self.group}: {self.size} tests, {self.last - self.since:.1f} s")
        self.group = ""

    def end(self, code: int) -> None:
        self.close_group()
        checks = {
            f"the tests ended with exit code {code}": code and not self.failed,
            "they ended before all had run": not self.complete,
            "no test of the addons ran": not self.started,
        }
        self.troubles += [text for text, wrong in checks.items() if wrong]

    def add(self, other: "Report") -> None:
        """Add the results of tests that ran beside these or after them."""
        self.started |= other.started
        self.failed |= other.failed
        self.skipped |= other.skipped
        self.troubles += [it for it in other.troubles if it not in self.troubles]
        self.tours += other.tours
        self.first_at = min(filter(None, (self.first_at, other.first_at)), default=None)

    def conclude(self) -> int:
        missed = self.missed
        excused = [why for test, why in self.skipped.items() if test not in missed]
        for why, count in Counter(excused).items():
            tests = "1 test was" if count == 1 else f"{count} tests were"
            say(f"   {tests} skipped: {why}")
        for test, why in self.missed.items():
            say(f"!  skipped {test}: {why}")
        for trouble in self.troubles:
            say(f"!  {trouble}")
        passed, failed, skipped = self.others
        passed += len(self.started - self.failed - set(self.skipped))
        failed += len(self.failed)
        skipped += len(self.skipped)
        say(f"tours: {self.tours} succeeded")
        say(f"{passed} passed, {failed} failed, {skipped} skipped")
        return int(self.red)


def pytest_counts(output: str) -> tuple[int, int, int]:
    """Return passed, failed and skipped from the last line of this kind."""
    last = ([""] + PYTEST_ENDS.findall(output))[-1]
    found = {word: int(number) for number, word in PYTEST.findall(last)}
    failed = found.get("failed", 0) + found.get("error", 0)
    return found.get("passed", 0), failed, found.get("skipped", 0)
