"""The first `make run` and `make test` beside an earlier build's, with small builds."""

import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from devkit.commands import cold
from devkit.paths import ROOT
from devkit.steps import Missing

sys.path.insert(0, str(ROOT))
from blog_ai_generator_tests.benchmark import cold_table  # noqa: E402

# Like `setup/dev/dev` of a build; its site has one post.
DEV = """#!{python}
import http.server, os, pathlib, shutil, sys

here = pathlib.Path(__file__).parents[2]
made = here / ".dev"

class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/blog/1" else 404)
        self.end_headers()

def run():
    made.mkdir()
    (made / "file").write_bytes(b"x" * 2_000_000)
    server = http.server.HTTPServer(("127.0.0.1", 0), Site)
    print(f"  A post        http://127.0.0.1:{{server.server_port}}/{path}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        (here / "stopped").touch()

def test():
    print("tours: 3 succeeded")
    print("{result}")
    sys.exit(1)

def clean():
    shutil.rmtree(made, ignore_errors=True)
    (here / "cleaned").touch()

globals()[sys.argv[1]]()
"""


# It never gets to an address.
SLOW = """#!/bin/sh
[ "$1" = clean ] && exit
trap 'touch "$(dirname "$0")/../../stopped"; exit' INT
touch "$(dirname "$0")/../../begun"
sleep 60 &
wait
"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Return a function that makes a small build."""
    monkeypatch.setattr(cold, "LOGS", tmp_path)

    def make(path: str = "blog/1", result: str = "") -> Path:
        checkout = tmp_path / "build"
        script = checkout / "setup" / "dev" / "dev"
        script.parent.mkdir(parents=True)
        script.write_text(DEV.format(python=sys.executable, path=path, result=result))
        script.chmod(0o755)
        return checkout

    return make


def test_a_first_run_begins_with_nothing_and_ends_when_its_post_is_read(build):
    checkout = build()
    (checkout / ".dev").mkdir()
    cold.cache_folder(checkout).mkdir()
    found = cold.first_run(checkout)
    assert 0 < found["seconds"] < 60
    assert found["megabytes"] == pytest.approx(2, abs=0.1)
    assert (checkout / "stopped").exists()
    assert not cold.cache_folder(checkout).exists()


def test_a_post_that_cannot_be_read_is_no_figure(build):
    checkout = build(path="blog/2")
    with pytest.raises(Missing, match="answers 404"):
        cold.first_run(checkout)
    assert (checkout / "stopped").exists()


def test_a_build_that_ends_early_is_no_figure(build):
    checkout = build()
    (checkout / "setup" / "dev" / "dev").write_text("#!/bin/sh\n")
    with pytest.raises(Missing, match="printed no address"):
        cold.first_run(checkout)


def test_tests_that_fail_are_counted(build):
    checkout = build(result="12 passed, 3 failed, 1 skipped")
    assert cold.tested(checkout, "few") == (12, 3, 1)


def test_tests_without_a_result_are_no_figure(build):
    with pytest.raises(Missing, match="has no result"):
        cold.tested(build(result="Killed"), "few")


def test_our_build_runs_as_long_as_the_earlier_one():
    begun, third = [], threading.Event()

    def first_run(checkout, over=None):
        if checkout.name == "old":
            assert third.wait(60)
            return {"seconds": 9.0}
        begun.append(checkout.name)
        if len(begun) == 3:
            third.set()
            assert over.wait(60)
            raise cold.TooLate
        return {"seconds": float(len(begun))}

    found = cold.beside(first_run, Path("old"), Path("new"))
    # The third run was not beside the earlier build to its end.
    assert found == {
        "before": {"seconds": 9.0},
        "ours": [{"seconds": 1.0}, {"seconds": 2.0}],
    }


def test_our_build_has_one_run_even_if_the_earlier_one_is_faster(monkeypatch):
    ended = threading.Event()

    def first_run(checkout, over=None):
        if checkout.name == "old":
            return {"seconds": 1.0}
        assert not ended.is_set(), "A second run has nothing beside it."
        ended.set()
        return {"seconds": 2.0}

    def in_order(once, repeated):
        return [once(), repeated()]

    monkeypatch.setattr(cold, "side_by_side", in_order)
    found = cold.beside(first_run, Path("old"), Path("new"))
    assert found["ours"] == [{"seconds": 2.0}]


def test_a_run_that_is_too_late_is_stopped(build):
    checkout = build()
    (checkout / "setup" / "dev" / "dev").write_text(SLOW)
    over = SimpleNamespace(is_set=(checkout / "begun").exists)
    with pytest.raises(cold.TooLate):
        cold.first_run(checkout, over)
    assert (checkout / "stopped").exists()


def test_a_template_is_made_by_each_build_itself(build):
    checkout = build()
    devkit = checkout / "setup" / "dev" / "devkit"
    devkit.mkdir()
    (devkit / "__init__.py").touch()
    (devkit / "paths.py").write_text("ADDONS = ['addon', 'tests']")
    (devkit / "workspace.py").write_text(
        "from contextlib import nullcontext\n"
        "def opened(): return nullcontext(('odoo', 'server'))"
    )
    databases = devkit / "databases.py"
    databases.write_text(
        "made = []\n"
        "def drop(server, name): made.append(name)\n"
        "def dependencies(): return ['blog']\n"
        "def prime(server, name, modules): made.append(modules)\n"
        "def made_in(name):\n"
        "    assert made == [name, ['blog', 'addon', 'tests']]\n"
        "    return 12.5"
    )
    assert cold.template(checkout) == {"seconds": 12.5}
    over = threading.Event()
    over.set()
    with pytest.raises(cold.TooLate):
        cold.template(checkout, over)
    databases.write_text("")
    with pytest.raises(Missing, match="no template database"):
        cold.template(checkout)


def test_a_build_gets_its_own_caches_and_no_choice_of_ours(monkeypatch, tmp_path):
    mine = {"ONLY": "test", "PGHOST": "db", "MAKEFLAGS": "w", "MAKELEVEL": "1"}
    for name, value in {**mine, "PIP_CERT": "cert", "PIP_CACHE_DIR": "/all"}.items():
        monkeypatch.setenv(name, value)
    found = cold.variables(tmp_path / "build")
    assert not mine.keys() & found.keys()
    assert found["PIP_CERT"] == "cert"
    assert found["PIP_CACHE_DIR"] == str(tmp_path / "build-cache" / "pip")


def test_a_clone_has_the_commit_and_nothing_else(monkeypatch, tmp_path):
    source = tmp_path / "source"
    git = ["git", "-c", "user.name=a", "-c", "user.email=b"]
    for words in (["init", "-q", str(source)], ["-C", str(source), "add", "."]):
        subprocess.run([*git, *words], check=True)
        (source / "kept").touch()
    subprocess.run([*git, "-C", str(source), "commit", "-qm", "One"], check=True)
    (source / "later").touch()
    monkeypatch.setattr(cold, "ROOT", source)
    found = cold.clone(tmp_path / "target", cold.OURS)
    assert {it.name for it in found.iterdir()} == {".git", "kept"}
    with pytest.raises(Missing, match="no 386040e"):
        cold.clone(tmp_path / "other", cold.BEFORE)


ABOUT = {"date": "2026-11-30", "commit": "abc", "cores": 2}
ROUND = {
    "ours": [
        {"seconds": 58.0, "megabytes": 800.0},
        {"seconds": 62.0, "megabytes": 1.0},
    ],
    "before": {"seconds": 120.0, "megabytes": 2000.0},
}
ANSWER = {
    "run": {**ABOUT, "samples": [ROUND]},
    "template": {
        **ABOUT,
        "samples": [
            {"ours": [{"seconds": 30.0}, {"seconds": 36.0}], "before": {"seconds": 60}}
        ],
    },
    "test": {
        **ABOUT,
        "samples": {
            "ours": {"seconds": 800.0, "tests": 2000, "failed": 0},
            "before": {"seconds": 500.0, "tests": 1000, "failed": 2},
        },
    },
}


def test_shares_of_the_earlier_build_are_published():
    rows = cold_table.rows(ANSWER)
    assert [(row["value"], row["met"]) for row in rows] == [
        (0.5, True),
        (800.0, True),
        (0.55, True),
        (0.8, False),
    ]
    section = "\n".join(cold_table.sections(ANSWER))
    assert "A template took 30, 36 s; before, with its asset bundles, 60 s." in section
    assert "2,000 tests in 800 s, 400 ms each" in section
    assert "1,000 tests, of which 2 failed, in 500 s, 500 ms each" in section


def test_a_part_alone_is_published():
    (row,) = cold_table.rows({"test": ANSWER["test"]})
    assert row["value"] == 0.8
    assert cold_table.sections({}) == []
