"""Run tests of the writer with Odoo's runner, without a database: unit.py PART PARTS.

Of every `PARTS` test files, the one at `PART` is run.
"""

import logging
import sys
from importlib import import_module
from pathlib import Path

from odoo.tests.loader import get_module_test_cases, run_suite
from odoo.tests.suite import OdooSuite
from odoo.tools import config

config.parse_config([], setup_logging=True)
package = import_module("odoo.addons.blog_ai_generator.tests")
part, parts = map(int, sys.argv[1:])
files = sorted(Path(package.__path__[0]).glob("test_llm*.py"))[part::parts]
modules = [import_module(f"{package.__name__}.{file.stem}") for file in files]
suite = OdooSuite(case for module in modules for case in get_module_test_cases(module))
result = run_suite(suite)
logging.getLogger("odoo.tests.result").info("%s without a database", result)
sys.exit(not result.wasSuccessful())
