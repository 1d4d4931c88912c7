"""Input of `odoo shell`: run core's module test_lint on ADDONS instead of all of Odoo.

The variable LINTERS is the folder with the packages of linters, PART is "pylint" for
the test that takes longest, or "others". The last line printed is JSON: the numbers of
tests that were run, failed and skipped.
"""

import json
import logging
import os
import sys
from contextlib import ExitStack
from importlib import import_module
from unittest.mock import PropertyMock, patch

from odoo.modules import Manifest
from odoo.tests.loader import get_module_test_cases, run_suite
from odoo.tests.suite import OdooSuite
from odoo.tools import config

# Reads everything below the addons path, `.dev/` included. `make lint` has the same
# check for our own files.
ELSEWHERE = {"TestConflictMarkers"}
LONGEST = {"TestPyLint"}
# Our comments name checks of pylint-odoo, which pylint alone does not know.
UNKNOWN = "--disable=unknown-option-value"
# Keys of OCA: https://github.com/OCA/manifestoo
KEYS_OF_OCA = {"development_status", "maintainers"}

addons = os.environ["ADDONS"].split(",")
manifests = [Manifest.for_addon(addon) for addon in addons]
sys.path.append(os.environ["LINTERS"])
tests = import_module("odoo.addons.test_lint.tests")
modules = [it for name, it in vars(tests).items() if name.startswith("test_")]
cases = [
    case
    for module in modules
    for case in get_module_test_cases(module)
    if type(case).__name__ not in ELSEWHERE
    and (type(case).__name__ in LONGEST) == (os.environ["PART"] == "pylint")
]
logging.getLogger("odoo.addons.test_lint").setLevel(logging.INFO)
with ExitStack() as patches:
    for target, name, value in (
        (Manifest, "all_addon_manifests", lambda: manifests),
        (tests.test_eslint, "get_modules", lambda: addons),
        (tests.test_pofile, "get_modules", lambda: addons),
        # This is passed to pylint; with the real path it would read all of Odoo.
        (type(config), "root_path", PropertyMock(return_value=UNKNOWN)),
    ):
        patches.enter_context(patch.object(target, name, value))
    tests.test_manifests.MANIFEST_KEYS |= KEYS_OF_OCA
    result = run_suite(OdooSuite(cases))
failed, skipped = result.failures_count + result.errors_count, result.skipped
print(json.dumps({"run": result.testsRun, "failed": failed, "skipped": skipped}))
