"""Run the tests of the writer with Odoo's runner, without a database.

Odoo is imported once; then processes take the test files in turn.
"""

import io
import logging
import multiprocessing
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from odoo.tests.loader import get_module_test_cases, run_suite
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite
from odoo.tools import config

# Some tests wait for a deadline: one process more than the cores that CI has.
PROCESSES = 3
# These take longest, so that they begin first.
LONGEST = ("test_llm_linear", "test_llm_deadline", "test_llm_languages")
ADDON = "odoo.addons.blog_ai_generator"
PACKAGE = f"{ADDON}.tests"


def run() -> int:
    config.parse_config([], setup_logging=True)
    folder = Path(import_module(ADDON).__path__[0], "tests")
    # Its `__init__` would import all tests of the addon, and those of Odoo they use.
    package = sys.modules[PACKAGE] = ModuleType(PACKAGE)
    package.__path__ = [str(folder)]
    found = folder.glob("test_llm*.py")
    files = sorted(
        (file.stem for file in found), key=lambda name: (name not in LONGEST, name)
    )
    for name in files:
        import_module(f"{PACKAGE}.{name}")
    total = OdooTestResult()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        for counts, log in pool.imap_unordered(run_file, files, chunksize=1):
            sys.stderr.write(log)
            total.testsRun += counts[0]
            total.failures_count += counts[1]
            total.errors_count += counts[2]
    logging.getLogger("odoo.tests.result").info("%s without a database", total)
    return int(not total.wasSuccessful())


def run_file(name: str) -> tuple[tuple[int, int, int], str]:
    """Return the tests run, failures and errors of a file, and what it logged."""
    cases = get_module_test_cases(import_module(f"{PACKAGE}.{name}"))
    log = io.StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(log)
    result = run_suite(OdooSuite(cases))
    counts = result.testsRun, result.failures_count, result.errors_count
    return counts, log.getvalue()


sys.exit(run())
