"""`make run` fetches little, and the tests add the rest."""

from pathlib import Path
from threading import Barrier
from types import SimpleNamespace

import pytest
from devkit import python, site, workspace
from devkit.odoo import Odoo


def environment(tmp_path, monkeypatch):
    """Return the calls of pip, as far as they matter, and a function that makes it."""
    calls = []
    venv = tmp_path / "venv"
    venv.mkdir()
    monkeypatch.setattr(python, "VENV", venv)
    monkeypatch.setattr(python, "create", lambda *_: calls.append("new"))

    def install(_venv, *wanted, pins=None):
        calls.append([Path(it).name for it in (*wanted, pins) if it])

    monkeypatch.setattr(python, "install", install)
    odoo = Odoo("python3", "19.0", tmp_path)
    return calls, lambda tests: python.ensure(odoo, tests)


def test_running_needs_no_package_of_the_tests(tmp_path, monkeypatch):
    calls, ensure = environment(tmp_path, monkeypatch)
    ensure(False)
    ensure(False)
    # The same names, in two folders: what the manifests ask for, and with the pins.
    assert calls == [
        "new",
        [
            *("requirements-odoo.txt", "requirements.txt", "packaging", "aiosmtpd"),
            "requirements.txt",
        ],
    ]


def test_the_tests_add_their_packages_to_that(tmp_path, monkeypatch):
    calls, ensure = environment(tmp_path, monkeypatch)
    ensure(False)
    ensure(True)
    ensure(True)
    ensure(False)
    assert calls[2:] == [["requirements-odoo.txt", "requirements.txt"]]


@pytest.mark.parametrize(("tests", "expected"), [(True, 1), (False, 0)])
def test_only_tests_fetch_a_browser_and_npm(tests, expected, tmp_path, monkeypatch):
    fetched = []
    monkeypatch.setattr(workspace, "check_owner", lambda: None)
    monkeypatch.setattr(workspace, "configure", lambda: None)
    monkeypatch.setattr(workspace.odoo, "plan", lambda: None)
    monkeypatch.setattr(workspace.odoo, "ensure", lambda planned: planned)
    monkeypatch.setattr(workspace.postgres, "missing_packages", list)
    monkeypatch.setattr(workspace.python, "ensure", lambda *_: None)
    monkeypatch.setattr(workspace, "apt", SimpleNamespace(check=lambda names: None))
    monkeypatch.setattr(workspace.chromium, "missing_packages", list)
    monkeypatch.setattr(workspace.chromium, "wrap", lambda: fetched.append("browser"))
    monkeypatch.setattr(workspace.node, "ensure", lambda: fetched.append("npm"))
    monkeypatch.setattr("devkit.locks.DEV", tmp_path)
    workspace.prepare(tests)
    assert fetched.count("npm") == fetched.count("browser") == expected


def test_the_kept_database_is_updated_when_either_addon_changed(tmp_path, monkeypatch):
    found = []
    monkeypatch.setattr(site, "ROOT", tmp_path)
    monkeypatch.setattr(
        site, "keep", lambda _to, _name, code, _make: found.append(code)
    )
    for addon in site.ADDONS:
        for folder in ("models", "data"):
            changed = tmp_path / addon / folder / "some.py"
            changed.parent.mkdir(parents=True)
            changed.touch()
            odoo = Odoo("python3", "19.0", tmp_path)
            site.ensure_test_database(odoo, SimpleNamespace(prefix="blog_ai"))
    assert len({*found}) == 4


def test_linters_are_made_while_the_packages_of_odoo_are(tmp_path, monkeypatch):
    # Each one waits for the other: one after the other, neither would be made.
    together = Barrier(2, timeout=10)
    monkeypatch.setattr(workspace, "check_owner", lambda: None)
    monkeypatch.setattr(workspace.odoo, "plan", lambda: None)
    monkeypatch.setattr(workspace.python, "ensure", lambda *_: together.wait())
    monkeypatch.setattr(workspace.node, "ensure", lambda: None)
    monkeypatch.setattr(workspace.tools, "ensure", together.wait)
    monkeypatch.setattr(workspace.tools, "missing_packages", list)
    monkeypatch.setattr("devkit.locks.DEV", tmp_path)
    workspace.prepare_tools()
