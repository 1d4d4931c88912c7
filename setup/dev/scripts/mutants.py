"""Try mutants: mutants.py WING DATABASE MUTANTS RESULTS

A mutant is killed when a test fails with it. All tests are run once as they are, to
learn which lines each one reaches and how long it takes, which is kept for the next
sample. Each mutant then gets a process of its own, with Odoo loaded, in which the code
of one function is exchanged, and the tests that reach the line, the quickest first.
"""

import gc
import json
import logging
import os
import resource
import signal
import sys
import time
from contextlib import closing
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType

import coverage
import psycopg2
from code_exchange import exchange, functions

import odoo.modules.module
from odoo import sql_db
from odoo.modules.registry import Registry
from odoo.tests import HttpCase
from odoo.tests.loader import get_module_test_cases
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite
from odoo.tools import config

ADDON = "odoo.addons.blog_ai_generator"
PROCESSES = {"llm": 2, "pump": 1}  # the pump's tests share a database
KILLED, TIMED_OUT = "killed", "timed out"
SURVIVED, UNREACHED = "survived", "not reached"
CLEAN = "_clean"  # the end of the name of the database to copy
MEMORY = 6 * 2**30  # bytes of a process that tries a mutant
# The subjects of the tests that try the pump.
TESTS_OF_PUMP = tuple(
    f"test_{name}"
    for name in """
        administrator api ask brief budget cancel clock companies cost count_stages
        cron_locked fallback generation hold hourly language_off limits mails_refused
        monitoring obstacles prices provider pump queries_claim queries_stages retry
        revision scheduled slot spending store stress_standard transaction translation_
        upgrade voice
    """.split()
)
# They start servers, which would outlive a mutant.
NO_TESTS_OF_PUMP = {
    "test_a_worker_killed_in_mid_call_loses_nothing_and_doubles_nothing",
    "test_uninstalling_cuts_the_calls_first",
}


def tests_of_llm() -> list:
    folder = Path(import_module(ADDON).__path__[0], "tests")
    package = sys.modules[f"{ADDON}.tests"] = ModuleType(f"{ADDON}.tests")
    package.__path__ = [str(folder)]
    return tests_in(package.__name__, sorted(folder.glob("test_llm*.py")))


def tests_of_pump() -> list:
    found = []
    for addon in (ADDON, f"{ADDON}_tests"):
        folder = Path(import_module(f"{addon}.tests").__path__[0])
        files = (
            path
            for path in sorted(folder.glob("test_*.py"))
            if path.stem.startswith(TESTS_OF_PUMP)
        )
        found += tests_in(f"{addon}.tests", files)
    return [test for test in found if test._testMethodName not in NO_TESTS_OF_PUMP]


def tests_in(package: str, files) -> list:
    modules = [import_module(f"{package}.{path.stem}") for path in files]
    tests = [test for module in modules for test in get_module_test_cases(module)]
    return [test for test in tests if not isinstance(test, HttpCase)]


class Watched(OdooTestResult):
    """Tells coverage which test runs, and how long each one took."""

    def __init__(self, cover: coverage.Coverage):
        super().__init__()
        self.cover, self.seconds, self.failed = cover, {}, set()

    def startTest(self, test):
        self.cover.switch_context(test.id())
        super().startTest(test)

    def stopTest(self, test):
        self.seconds[test.id()] = time.time() - self.time_start
        super().stopTest(test)

    def addFailure(self, test, err):
        self.failed.add(owner(test))

    addError = addFailure


class First(OdooTestResult):
    """Ends the process with the first test that fails, or takes far too long."""

    def __init__(self, seconds: dict[str, float]):
        super().__init__()
        self.seconds = seconds

    def startTest(self, test):
        signal.setitimer(signal.ITIMER_REAL, 15 + 5 * self.seconds[test.id()])
        super().startTest(test)

    def addFailure(self, test, err):
        os._exit(1)

    addError = addFailure


def owner(test) -> str:
    return getattr(test, "test_case", test).id()


def baseline(tests: list, sources: list[str]) -> tuple[dict, dict]:
    """Return the tests of each line of each file, and the seconds of each test."""
    cover = coverage.Coverage(data_file=None, include=sources, config_file=False)
    cover.start()
    result = Watched(cover)
    run(tests, result)
    cover.stop()
    lines = {name: cover.get_data().contexts_by_lineno(name) for name in sources}
    for name in result.failed:
        print(f"left out, as it fails without a mutant: {name}", flush=True)
        result.seconds.pop(name, None)
    return lines, result.seconds


def kept_baseline(tests: list, sources: list[str], cache: Path) -> tuple[dict, dict]:
    """Return :func:`baseline`, from a file if no code has changed since it was made."""
    code = (path.read_bytes() for path in sorted(root().glob("blog_ai_*/**/*.py")))
    key = sha256(b"\0".join(code)).hexdigest()
    known = json.loads(cache.read_text()) if cache.exists() else {}
    if known.get("key") != key:
        lines, seconds = baseline(tests, sources)
        known = {"key": key, "lines": lines, "seconds": seconds}
        cache.write_text(json.dumps(known))
    lines = {
        path: {int(line): names for line, names in found.items()}
        for path, found in known["lines"].items()
    }
    return lines, known["seconds"]


def root() -> Path:
    return Path(import_module(ADDON).__path__[0]).parent


def run(tests: list, result: OdooTestResult) -> None:
    OdooSuite(tests)(result)


class Trial:
    """Tries mutants in processes of their own, as many at once as the wing allows."""

    def __init__(self, wing: str, database: str, target: Path):
        self.wing, self.database, self.target = wing, database, target
        self.running: dict[int, dict] = {}
        self.done: list[dict] = []

    def load(self, sources: list[str]) -> None:
        if self.wing == "llm":
            tests = tests_of_llm()
        else:
            Registry(self.database)
            tests = tests_of_pump()
        odoo.modules.module.current_test = True
        cache = self.target.with_suffix(".baseline")
        self.lines, self.seconds = kept_baseline(tests, sources, cache)
        self.tests = {test.id(): test for test in tests if test.id() in self.seconds}
        self.known = functions(sources)
        sql_db.close_all()
        gc.freeze()

    def reach(self, mutant: dict) -> list[str]:
        contexts = self.lines[mutant["path"]].get(mutant["line"], ())
        return sorted(self.tests.keys() & {*contexts}, key=self.seconds.get)

    def start(self, mutant: dict) -> None:
        names = self.reach(mutant)
        if not names:
            self.end(mutant, UNREACHED)
            return
        pid = os.fork()
        if not pid:
            self.be(mutant, names)
        self.running[pid] = mutant

    def be(self, mutant: dict, names: list[str]) -> None:
        """Run the tests with a mutant; end this process with 1 if one of them fails."""
        os.setsid()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        if not exchange(mutant["path"], mutant["code"], mutant["line"], self.known):
            os._exit(3)
        try:
            run(by_class([self.tests[name] for name in names]), First(self.seconds))
        except BaseException:
            os._exit(1)
        os._exit(0)

    def wait(self) -> None:
        pid, status = os.wait()
        if pid not in self.running:  # a test of the first run has left it
            return
        code = os.waitstatus_to_exitcode(status)
        outcomes = {0: SURVIVED, 3: "", -signal.SIGALRM: TIMED_OUT}
        self.end(self.running.pop(pid), outcomes.get(code, KILLED))

    def end(self, mutant: dict, outcome: str) -> None:
        if not outcome:
            return
        shown = {
            name: mutant[name] for name in ("file", "line", "operator", "was", "now")
        }
        self.done.append({**shown, "outcome": outcome})
        if self.database and outcome in (KILLED, TIMED_OUT):
            renew(self.database)
        if outcome in (SURVIVED, UNREACHED):
            print(
                "{outcome}: {file}:{line}\n  {was}\n  {now}".format(**self.done[-1]),
                flush=True,
            )

    def all(self, mutants: list[dict]) -> None:
        for number, mutant in enumerate(mutants):
            if number % 50 == 49:
                print(f"… {number + 1} of {len(mutants)}", flush=True)
            while len(self.running) >= PROCESSES[self.wing]:
                self.wait()
            self.start(mutant)
        while self.running:
            self.wait()


def renew(database: str) -> None:
    """Copy the database anew: a test that was cut short has not cleaned up."""
    with closing(psycopg2.connect(dbname="postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{database}{CLEAN}"')


def by_class(tests: list) -> list:
    """Put the tests of a class together, since each class is set up."""
    order: dict[type, list] = {}
    for test in tests:
        order.setdefault(type(test), []).append(test)
    return [test for group in order.values() for test in group]


def main() -> None:
    wing, database, source, target = sys.argv[1:]
    options = ["--no-http", "--test-enable", "--stop-after-init"]
    config.parse_config(
        [*options, "-d", database] if database else [], setup_logging=True
    )
    for handler in logging.getLogger().handlers:
        handler.setStream(Path(os.devnull).open("w"))
    given = json.loads(Path(source).read_text())
    for mutant in given["mutants"]:
        mutant["path"] = str(root() / mutant["file"])
    trial = Trial(wing, database, Path(target))
    begun = time.monotonic()
    trial.load([str(root() / name) for name in given["files"]])
    print(f"{len(trial.tests)} tests, {time.monotonic() - begun:.0f} s", flush=True)
    trial.all(given["mutants"])
    seconds = round(time.monotonic() - begun)
    answer = {"places": given["places"], "seconds": seconds, "mutants": trial.done}
    Path(target).write_text(json.dumps(answer, indent=1))
    sys.stdout.flush()
    os._exit(0)


main()
