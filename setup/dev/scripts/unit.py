"""Run the tests of the writer with Odoo's own runner, without a database."""

import logging
import sys
from importlib import import_module
from pathlib import Path

from odoo.tests.loader import get_module_test_cases, run_suite
from odoo.tests.suite import OdooSuite
from odoo.tools import config

config.parse_config([], setup_logging=True)
package = import_module("odoo.addons.blog_ai_generator.tests")
files = sorted(Path(package.__path__[0]).glob("test_llm*.py"))
modules = [import_module(f"{package.__name__}.{file.stem}") for file in files]
suite = OdooSuite(case for module in modules for case in get_module_test_cases(module))
result = run_suite(suite)
logging.getLogger("odoo.tests.result").info("%s without a database", result)
sys.exit(not result.wasSuccessful())
