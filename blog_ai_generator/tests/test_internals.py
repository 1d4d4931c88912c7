# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import re
import threading
import time
from inspect import signature
from pathlib import Path
from unittest.mock import patch

from odoo import models, tools
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tests import HttpCase, TransactionCase, tagged

from odoo.addons.bus.models import bus

ADDON = Path(__file__).parents[1]
# The package under test, and packages that do not know Odoo.
ELSEWHERE = ("internals", "llm", "networks", "tests")
# Methods that Odoo documents for addons to call or override.
EXTENSION_POINTS = {
    "_",
    "_bus_send",
    "_calculate_company_based_kpi",
    "_commit_progress",
    "_convert",
    "_field_to_sql",
    "_fields",
    "_for_xml_id",
    "_get_kpi_compute_parameters",
    "_mail_flat_thread",
    "_message_log",
    "_origin",
    "_read_group",
    "_search",
    "_slug",
    "_table",
    "_trigger",
    "_url_for",
}
# API that only ``internals/versions.py`` may use: Odoo 20.0 moves or changes it.
CHANGING = re.compile(
    r"[gs]et_param\b|\.clear_cache\(\)|updated_modules|tools(\.| import )ormcache"
    r"|aggregate_spec|groupby_spec"
)
# Methods of named tuples.
PYTHONS_OWN = {"_asdict", "_field_defaults", "_fields", "_replace"}


@tagged("post_install", "-at_install")
class TestPrivateApiOfOdoo(TransactionCase):
    def test_odoo_still_has_what_is_used_of_it(self):
        website = self.env["website"]
        used = [
            (self.env["ir.model.data"], "_xmlid_to_res_model_res_id"),
            (self.env["ir.cron"], "_notifydb"),
            (bus, "get_notify_payloads"),
            (bus, "ODOO_NOTIFY_FUNCTION"),
            (self.env["blog.post"]._fields["name"], "_insert_cache"),
            (self.env.cr, "_now"),
            (self.env.registry, "_init_modules"),
            (website, "_get_cached"),
            (self.env["res.lang"], "_get_data"),
            (self.env["ir.mail_server"], "_get_default_from_address"),
            (self.env["ir.qweb"], "_get_template_cache_keys"),
            (self.env["ir.qweb"], "_compile"),
            (tools, "ormcache"),
            (self.env["ir.config_parameter"], "get_param"),
            (self.env["ir.config_parameter"], "set_param"),
            (self.env.registry, "clear_cache"),
            (self.env.registry, "updated_modules"),
            (server.PreforkServer, "pipe_ping"),
            (server.PreforkServer, "process_spawn"),
            (server.ThreadedServer, "cron_thread"),
            (server.WorkerCron, "start"),
            (Registry.registries, "snapshot"),
            (threading.Thread(target=self.id), "_target"),
        ]
        gone = [name for owner, name in used if not hasattr(owner, name)]
        self.assertFalse(gone, "Odoo has these no more: see internals/.")

    def files(self):
        return [
            path
            for path in ADDON.rglob("*.py")
            if path.parts[len(ADDON.parts)] not in ELSEWHERE
        ]

    def test_odoo_still_groups_with_the_same_arguments(self):
        model = models.BaseModel
        for method, expected in (
            (model._read_group_select, ["self", "aggregate_spec", "query"]),
            (model._read_group_groupby, ["self", "alias", "groupby_spec", "query"]),
        ):
            self.assertEqual([*signature(method).parameters], expected)

    def test_no_other_file_uses_what_another_version_changes(self):
        for path in self.files():
            with self.subTest(path.relative_to(ADDON)):
                self.assertIsNone(CHANGING.search(path.read_text()))

    def test_no_other_file_uses_private_api(self):
        trees = {path: ast.parse(path.read_text()) for path in self.files()}
        ours = {name for tree in trees.values() for name in _defined_in(tree)}
        allowed = ours | EXTENSION_POINTS | PYTHONS_OWN
        for path, tree in trees.items():
            with self.subTest(path.relative_to(ADDON)):
                self.assertFalse(_private_names_in(tree) - allowed)


@tagged("post_install", "-at_install")
class TestRequestsOfOdoo(HttpCase):
    def test_a_request_still_notes_when_it_began(self):
        noted = []

        def note(_records):
            noted.append(getattr(threading.current_thread(), "perf_t0", None))

        call = {"model": "blog.ai.generation", "method": "action_retry"}
        self.authenticate("admin", "admin")
        before = time.time()
        with patch.object(self.registry[call["model"]], call["method"], note):
            self.make_jsonrpc_request(
                "/web/dataset/call_kw", {**call, "args": [[]], "kwargs": {}}
            )
        (began,) = noted
        gone = "Odoo's requests have no perf_t0 any more: see internals/records.py."
        self.assertIsInstance(began, float, gone)
        self.assertLessEqual(before, began)
        self.assertLessEqual(began, time.time())


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _defined_in(tree: ast.AST) -> set[str]:
    """Return the names of functions, and of what is assigned to a name or to self."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
                found.add(node.attr)
    return found


def _private_names_in(tree: ast.AST) -> set[str]:
    """Return the private names that are read, and those imported from Odoo."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.update(alias.name for alias in node.names)
    return {name for name in found if _is_private(name)}
