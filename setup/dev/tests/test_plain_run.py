"""The run that everybody uses: `odoo -i … --test-enable`, without `setup/dev`."""

import subprocess

from devkit.paths import PYTHON, ROOT

# Packages of the devkit. Debian has none of them, or they are not needed for Odoo.
ABSENT = ("aiosmtpd", "matplotlib", "odooly", "playwright", "simpy")
IMPORT = f"""
import sys
sys.modules.update(dict.fromkeys({ABSENT}))  # an import of None fails
from odoo.tools import config
config.parse_config(["--addons-path={ROOT}"])
from odoo.modules.module import initialize_sys_path
initialize_sys_path()
import odoo.addons.blog_ai_generator.tests
import odoo.addons.blog_ai_generator_tests.tests
"""


def test_odoo_loads_the_tests_with_few_packages():
    done = subprocess.run(
        [PYTHON, "-c", IMPORT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
