# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import sys
from contextlib import redirect_stdout
from unittest.mock import patch

from .. import benchmark
from .pump_case import PumpCase

# Packages of the devkit that Odoo does not need.
DEVKIT = ("aiosmtpd", "matplotlib", "odooly", "playwright", "simpy", "websocket")


class TestBenchmarkInShell(PumpCase):
    def setUp(self):
        super().setUp()
        addon = benchmark.__name__.rpartition(".")[0]
        self.enterContext(patch.dict(sys.modules))
        self.enterContext(patch.dict(vars(benchmark)))
        vars(benchmark).pop("shell", None)
        for name in list(sys.modules):
            if name.startswith((f"{benchmark.__name__}.", f"{addon}.live")):
                del sys.modules[name]
        # An import fails if the module is None.
        sys.modules.update(dict.fromkeys(DEVKIT))

    def test_it_needs_nothing_but_odoo_and_the_manifests_packages(self):
        with self.committed() as env, redirect_stdout(io.StringIO()) as printed:
            benchmark.run(env, posts=1)
        self.assertIn("Tokens of the prompt", printed.getvalue())
        self.assertIn("SQL statements per post", printed.getvalue())
