# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import inspect
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from .. import pump
from ..pump import Ask, GenerationQueue, ask_of, generation_queue

ADDON = Path(pump.__file__).parents[1]


@tagged("post_install", "-at_install")
class TestPumpInterface(TransactionCase):
    def test_the_models_have_each_method_with_its_parameters(self):
        self.check_model(GenerationQueue, generation_queue(self.env))
        self.check_model(Ask, ask_of(self.env, 0))

    def check_model(self, interface, model):
        methods = inspect.getmembers(interface, inspect.isfunction)
        expected = {name: method for name, method in methods if not name.endswith("__")}
        self.assertTrue(expected)
        for name, method in expected.items():
            with self.subTest(name):
                declared = inspect.signature(method).parameters
                ours = inspect.signature(getattr(type(model), name)).parameters
                self.assertEqual(
                    [(p.name, p.default) for p in declared.values()],
                    [(p.name, p.default) for p in ours.values()],
                )

    def test_the_docstring_names_all_that_models_may_import(self):
        for name in pump.__all__:
            self.assertIn(f"`{name}", pump.__doc__)

    def test_models_and_wizards_import_nothing_else_of_the_pump(self):
        for path in (*ADDON.glob("models/*.py"), *ADDON.glob("wizards/*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and node.level == 2:
                    with self.subTest(path.name):
                        self.assertFalse((node.module or "").startswith("pump."))
                        if node.module == "pump":
                            names = {alias.name for alias in node.names}
                            self.assertLessEqual(names, set(pump.__all__))

    def test_the_pump_asks_for_each_model_in_one_place(self):
        for path in ADDON.glob("pump/*.py"):
            with self.subTest(path.name):
                asks = path.read_text().count('env["blog.')
                is_interface = path.name in ("ask.py", "generation_queue.py")
                self.assertEqual(asks, int(is_interface))
