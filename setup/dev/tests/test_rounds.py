"""Journeys that are run again and again, and what that says of the next run."""

import importlib
import sys
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from devkit.commands import bench, e2e
from devkit.paths import ROOT

sys.path.insert(0, str(ROOT))
from blog_ai_generator_tests.benchmark import plan  # noqa: E402
from blog_ai_generator_tests.benchmark.figures import failure_bound  # noqa: E402
from blog_ai_generator_tests.live.pace import Pace  # noqa: E402

LIVE = "blog_ai_generator_tests.live"


@pytest.fixture
def live(monkeypatch):
    """Import the programs that drive a browser, without the packages they need."""
    for name in ("odooly", "playwright", "playwright.async_api"):
        monkeypatch.setitem(sys.modules, name, MagicMock())
    names = ("browser", "sites", "case", "runner", "__main__")
    for name in names:
        monkeypatch.delitem(sys.modules, f"{LIVE}.{name}", raising=False)
    yield SimpleNamespace(
        runner=importlib.import_module(f"{LIVE}.runner"),
        main=importlib.import_module(f"{LIVE}.__main__"),
    )
    for name in names:
        sys.modules.pop(f"{LIVE}.{name}", None)


@pytest.mark.parametrize(("failed", "code"), [(0, 0), (1, 1)])
def test_rounds_are_added_up(live, failed, code, tmp_path, monkeypatch, capsys):
    good = live.runner.Round(runs=50, failed=0, red=False)
    played = [good] * 9 + [live.runner.Round(50, failed, red=bool(failed))]
    folders = []

    def run_all(site, wanted, lanes, artifacts):
        folders.append(artifacts)
        return played[len(folders) - 1]

    opened = SimpleNamespace(url="http://site.example")
    monkeypatch.setattr(live.main, "site", lambda url: nullcontext(opened))
    monkeypatch.setattr(live.main, "run_all", run_all)
    options = ["--rounds", "10", "--artifacts", str(tmp_path / "e2e")]
    assert live.main.main(options) == code
    # A failure of an early round keeps its traces.
    assert len(set(folders)) == 10
    share = {0: "0.60", 1: "0.95"}[failed]
    said = f"500 runs of journeys, {failed} failed: at most {share} %"
    assert said in capsys.readouterr().out


def test_no_round_proves_nothing(live, tmp_path, capsys):
    options = ["--rounds", "0", "--artifacts", str(tmp_path / "e2e")]
    assert live.main.main(options) == 1
    assert "at most 100.00 %" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("page", "lanes", "tour"), [(0.5, 3, 20), (1.5, 3, 36), (4, 2, 96), (6, 1, 144)]
)
def test_a_slow_machine_plays_fewer_journeys_and_gives_them_time(page, lanes, tour):
    pace = Pace(page)
    assert (pace.lanes, pace.tour_patience) == (lanes, tour)
    assert pace.login_patience < pace.tour_patience


@pytest.mark.parametrize(("page", "limit"), [(0.5, 60), (2.5, 60), (4, 96), (6, 144)])
def test_odoos_runner_gives_a_tour_as_much_time_and_never_less_than_odoo(page, limit):
    assert Pace(page).tour_limit == limit


def test_journeys_follow_the_pace_of_a_visit(live, monkeypatch, tmp_path, capsys):
    clock = iter([100.0, 103.5])
    monkeypatch.setattr(live.runner.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(live.runner, "JOURNEYS", [])
    opened = MagicMock()
    monkeypatch.setattr(live.runner, "Browser", opened)
    pool = MagicMock(wraps=live.runner.ThreadPoolExecutor)
    monkeypatch.setattr(live.runner, "ThreadPoolExecutor", pool)
    live.runner.run_all(MagicMock(), "", None, tmp_path)
    pool.assert_called_once_with(2)
    assert opened().__enter__().pace == Pace(3.5)
    assert "A page is ready in 3.5 s: 2 journeys at once" in capsys.readouterr().out


def test_variables_of_make_become_options(monkeypatch):
    started = MagicMock()
    monkeypatch.setattr(e2e, "child", started)
    monkeypatch.setenv("ONLY", "slot")
    monkeypatch.setenv("ROUNDS", "3")
    e2e.play({})
    (command, _environment), _options = started.call_args
    assert command[-4:] == ["--only", "slot", "--rounds", "3"]


def test_a_part_of_the_benchmark_publishes_nothing(monkeypatch):
    run = MagicMock(return_value=0)
    opened = nullcontext((None, None))
    monkeypatch.setattr(bench.workspace, "opened", lambda: opened)
    monkeypatch.setattr(bench.live, "run", run)
    monkeypatch.setattr(bench, "locked", nullcontext)
    monkeypatch.setenv("ONLY", "journeys")
    assert bench.run() == 0
    _odoo, _server, module, output, *options = run.call_args.args
    assert (module, options) == ("benchmark", ["--only", "journeys"])
    assert output not in (str(bench.FULL), str(bench.QUICK))


def test_a_full_benchmark_runs_enough_journeys():
    assert failure_bound(0, plan.FULL.journeys) < 0.006
