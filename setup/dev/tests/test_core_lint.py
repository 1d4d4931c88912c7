"""Core's linters in two parts."""

import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from devkit.commands import core_lint


@pytest.mark.parametrize(("failed", "code"), [(0, 0), (2, 1)])
def test_both_parts_count(failed, code, tmp_path, monkeypatch, capsys):
    (tmp_path / "lib/python3/site-packages").mkdir(parents=True)
    (tmp_path / "core_lint_pylint.log").write_text("The fault.\n")

    @contextmanager
    def opened(linters):
        assert linters
        yield None, SimpleNamespace(prefix="blog_ai")

    def shell(_server, database, _script, log, PART, **_variables):
        assert (database, log) == (f"blog_ai_lint_{PART}", f"core_lint_{PART}")
        found = {"run": 1, "failed": failed} if PART == "pylint" else {"run": 9}
        return f"\n{json.dumps({'failed': 0, 'skipped': 0, **found})}\n"

    for name in ("drop", "create", "template"):
        monkeypatch.setattr(core_lint.databases, name, lambda *_: "plain")
    monkeypatch.setattr(core_lint.databases, "shell", shell)
    monkeypatch.setattr(core_lint.live, "template_with_addons", lambda *_: "addons")
    monkeypatch.setattr(core_lint.workspace, "opened", opened)
    monkeypatch.setattr(core_lint, "TOOLS", tmp_path)
    monkeypatch.setattr(core_lint, "LOGS", tmp_path)
    monkeypatch.setattr("devkit.locks.DEV", tmp_path)
    assert core_lint.run() == code
    printed = capsys.readouterr().out
    assert f"   10 run, {failed} failed, 0 skipped\n" in printed
    assert ("The fault." in printed) == bool(failed)
