"""Figures: percentiles, bounds, rows; and the documents show what was measured."""

import re
import sys
from operator import itemgetter
from xml.etree import ElementTree

import pytest
from devkit.paths import ROOT

sys.path.insert(0, str(ROOT))
from blog_ai_generator_tests.benchmark import (  # noqa: E402
    burst_results,
    charts,
    figures_page,
    plan,
    report,
    results,
    targets,
)
from blog_ai_generator_tests.benchmark.alternatives import (  # noqa: E402
    load,
    measure,
    table,
)
from blog_ai_generator_tests.benchmark.figures import (  # noqa: E402
    failure_bound,
    percentile,
)

SVG = "{http://www.w3.org/2000/svg}"
REPAIR = "Run python -m blog_ai_generator_tests.benchmark.publish, or make bench."


def test_the_readme_shows_five_figures_of_the_results_file():
    shown = report.in_readme(report.README.read_text("utf-8"))
    found = results.load()
    assert shown == report.section(found, figures_page.rows(found)), REPAIR


def test_the_readme_says_how_many_targets_of_the_page_are_missed():
    shown = report.in_readme(report.README.read_text("utf-8"))
    told = re.search(r"(\d+) of (\d+) targets were missed: \[.*\]\((.*)\)", shown)
    lines = figures_page.PATH.read_text("utf-8").splitlines()
    ends = [line.rpartition(" | ")[2] for line in lines if line.startswith("| ")]
    missed, met = ends.count("**missed** |"), ends.count("met |")
    assert told.groups() == (str(missed), str(missed + met), report.FIGURES)
    assert report.in_short([targets.Target("", "s", "", "≤ 1").result(1)]) == (
        "All 1 targets were met"
    )


def test_the_readme_shows_no_milder_target_for_what_the_page_has_twice():
    assert targets.TARGETS["throughput"].target == targets.TARGETS["bursts_32"].target


def test_the_page_of_figures_shows_the_results_file():
    assert figures_page.PATH.read_text("utf-8") == figures_page.page(results.load()), (
        REPAIR
    )


@pytest.mark.parametrize(
    ("value", "text"), [(1.0047, "1.005 ×"), (1.0, "1 ×"), (1.304, "1.3 ×")]
)
def test_a_figure_has_the_digits_that_tell_whether_its_target_was_met(value, text):
    target = targets.Target("Time", "×", "", "≤ 1.0")
    assert report.measured(target.result(value)) == text


def test_the_readme_leads_to_the_page_of_figures():
    assert ROOT / report.FIGURES == figures_page.PATH


@pytest.mark.parametrize("name", charts.CHARTS)
def test_a_chart_says_in_words_what_the_results_file_says(name):
    chart = charts.CHARTS[name](results.load()["raw"][name])
    drawn = ElementTree.parse(charts.FOLDER / f"{name}.svg").getroot()
    assert drawn.findtext(f"{SVG}title") == chart.title, REPAIR
    assert drawn.findtext(f"{SVG}desc") == chart.description, REPAIR


def test_a_chart_is_legible_on_a_dark_page(tmp_path):
    charts.draw(results.load(), tmp_path)
    for path in tmp_path.iterdir():
        # The first patch is the ground.
        ground = ElementTree.parse(path).find(f".//{SVG}g[@id='patch_1']/{SVG}path")
        assert "fill: #ffffff" in ground.get("style"), path.name


def test_the_results_file_says_what_its_samples_say():
    published = results.load()
    assert published["targets"] == results.rows(results.values(published["raw"]))
    assert not published["quick"], "Only a full run is published."


def test_new_results_keep_the_history(tmp_path):
    published = tmp_path / "results.json"
    first = {"before": 2, "after": 1}
    old, new = (
        {"commit": it * 9, "date": date, "raw": {"memory": [{"rss": [rss]}]}}
        for it, date, rss in (("a", "1 May", 150.0), ("b", "2 May", 160.0))
    )
    results.save({**old, "history": [first]}, published)
    for _again in range(2):
        results.publish(new, published)
    pair = {
        "date": "2 May",
        "commit": "b" * 7,
        "what": "Both full runs, of 1 May and of 2 May",
        "metric": "peak RSS of an Odoo process, MB",
        "before": 150.0,
        "after": 160.0,
    }
    assert results.load(published) == {**new, "history": [first, pair]}


def test_the_history_leads_to_the_published_counts():
    published = results.load()
    # The last entry of each.
    ends = {
        entry["stage"]: entry["after"]
        for entry in published["history"]
        if "stage" in entry
    }
    counts = published["raw"]["queries"]
    assert ends == {stage: counts[stage] for stage in ends}, "Add what changed them."


def test_the_history_leads_to_the_published_run():
    published = results.load()
    found = results.values(published["raw"])
    ends = {entry["metric"]: entry["after"] for entry in published["history"]}
    assert {name: ends[name] for name in results.IN_HISTORY.values()} == {
        name: round(found[key], 4) for key, name in results.IN_HISTORY.items()
    }


def test_every_target_is_measured():
    measured = results.values(results.load()["raw"])
    assert measured.keys() == targets.TARGETS.keys()


@pytest.mark.parametrize(
    ("percent", "expected"), [(0, 1), (50, 3), (90, 4.6), (100, 5)]
)
def test_percentiles_lie_between_the_nearest_samples(percent, expected):
    assert percentile([5, 1, 4, 2, 3], percent) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("failures", "runs", "bound"),
    # Taken from tables of the Clopper-Pearson interval.
    [(0, 200, 0.01487), (1, 100, 0.04656), (5, 50, 0.19882), (3, 3, 1)],
)
def test_few_failures_in_few_runs_prove_little(failures, runs, bound):
    assert failure_bound(failures, runs) == pytest.approx(bound, abs=1e-4)


@pytest.mark.parametrize(
    ("bound", "kept", "missed"),
    [
        ("< 30", 29.9, 30),
        ("≤ 1,450", 1450, 1451),
        ("≥ 0.95", 0.95, 0.94),
        ("= 0", 0, 1),
        ("800–1,200", 1200, 799),
    ],
)
def test_a_bound_is_what_people_read(bound, kept, missed):
    assert targets.holds(bound, kept)
    assert not targets.holds(bound, missed)


def test_a_slow_machine_breaks_no_promise_by_a_target_alone():
    assert not targets.TARGETS["share_p50"].is_broken(400)
    assert not targets.TARGETS["latency_p50"].is_broken(30)
    assert targets.TARGETS["tokens_prompt"].is_broken(451)


def test_a_missed_promise_of_a_count_or_ratio_fails_the_run():
    found = {"queries": 50, "slots_lost": 1, "failures": 2.5, "speed_posts": 2.4}
    names = [targets.TARGETS[key].name for key in ("queries", "slots_lost", "failures")]
    assert results.broken(found) == names
    assert results.slow(found) == []


def test_a_slow_machine_is_told_and_does_not_fail_the_run():
    found = results.of_template({"cold": 90.2, "addons": 5.1, "reuse": 1.2})
    assert results.broken(found) == []
    assert results.slow(found) == ["Template database, cold"]


def test_the_speed_of_the_machine_stands_beside_the_template():
    found = results.of_template({"cold": 28.1, "addons": 2.2, "reuse": 0.7})
    rows = results.rows(found)
    name = "Template database, cold, without the addons"
    assert report.table(rows).splitlines()[3] == f"| {name} | 25.9 s | – | – | – |"
    assert report.line(rows[1]).split() == f"{name} 25.9 s".split()


ALTERNATIVE = {
    "way": "Another way",
    "workers": 2,
    "posts": 4,
    "seconds_each": 2.0,
    "people": 8,
    "seconds": 5.0,
    "done": 4,
    "calls": 5,
    "begin": [0.1, 0.1, 0.1, 0.1],
    "end": [1.5, 1.5, 1.5, 1.5],
    "memory": [400.0, 1500.0, 450.0],
    "memory_kind": "PSS",
    "connections": [3, 7, 4],
    "in_transaction": [0, 2, 1],
    "idle": {"form": [20.0], "page": [30.0]},
    "busy": {"form": [40.0], "page": [3000.0]},
}


def test_a_full_run_compares_the_ways_by_a_hundred_posts():
    assert len(set(load.FULL.topics)) == 100


@pytest.mark.parametrize(
    ("quick", "workers"), [(False, [2, 34, 2, 2]), (True, [2, 18])]
)
def test_a_quick_run_has_the_ways_that_a_target_compares(quick, workers, monkeypatch):
    def row(way, _source, load, _queue_job):
        return {**ALTERNATIVE, "way": way.name, "workers": way.workers, "load": load}

    monkeypatch.setattr(measure, "row", row)
    rows = measure.measure_alternatives(None, quick)
    found = burst_results.of_alternatives(burst_results.alternatives(rows))
    assert found.keys() == {"after_answer_p50", "after_answer_p95"}
    assert [row["workers"] for row in rows] == workers
    # Each call has a worker, and people have two.
    assert rows[1]["workers"] == min(rows[1]["load"].posts, plan.WIDTH) + 2


def test_the_table_says_how_many_posts_were_measured():
    _title, introduction, *_rest = table.sections([ALTERNATIVE])
    assert introduction.startswith("The same 4 posts of 2 s, requested by 8 people")


def test_the_published_ways_had_the_same_load():
    ways = results.load()["alternatives"]
    load_of = itemgetter("posts", "seconds_each", "people", "warm_ups")
    assert len({load_of(way) for way in ways}) == 1


def test_ways_are_compared_by_their_worst_moment():
    assert table.cells(ALTERNATIVE) == (
        *("Another way", "2", "0.8", "5"),
        *("100 ms / 100 ms", "1.5 s / 1.5 s", "1,500 MB PSS", "7 (2)"),
        *("20 ms → 40 ms", "30 ms → 3.0 s"),
    )


def test_a_way_that_lost_posts_or_was_not_measured_says_so():
    assert table.cells({**ALTERNATIVE, "done": 2})[2] == "0.4 (2 lost)"
    absent = {"way": "Another way", "workers": 2, "absent": "It was not there"}
    assert "It was not there" in table.table([absent])


def test_a_figure_keeps_the_zeros_that_count():
    assert [report.shown(value) for value in (209.689, 0.2, 12.5)] == [
        "210",
        "0.2",
        "12.5",
    ]
