"""The comment on the merge request."""

import json
from pathlib import Path

import pytest
from conftest import COMMIT
from fake_gitlab import SOMEONE, US

MARKER = "<!-- blog-ai-preview -->"
RESULTS = "benchmark/results.json"
REPORT = """<testsuites><testsuite name="odoo" tests="5">
  <testcase classname="TestPump" name="test_one"/>
  <testcase classname="TestPump" name="test_two"><properties/></testcase>
  <testcase classname="TestSlot" name="test_at_two_o_clock"><failure/></testcase>
  <testcase classname="TestSlot" name="test_`code`"><error message="x"/></testcase>
  <testcase classname="TestTour" name="test_phone"><skipped/></testcase>
</testsuite></testsuites>"""


def target(name, value, met=True, unit="ms"):
    promise = f"at most 500 {unit}"
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "promise": promise,
        "target": 500,
        "met": met,
    }


def results(*targets):
    return json.dumps({"targets": targets, "machine": {"cores": 2}})


@pytest.fixture
def measured(job):
    path = Path(RESULTS)
    path.parent.mkdir()
    path.write_text(
        results(
            target("Click to post", 240.0),
            target("Queue", 700, met=False),
            target("Steady", 101),
            target("Brand | new", 3, unit="posts"),
        )
    )


def commented(job, gitlab, *words):
    assert job.run("comment", *words) == 0, job.log
    return gitlab.notes[-1]["body"]


def row(body, name):
    (line,) = [line for line in body.splitlines() if line.startswith(f"| {name}")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_it_is_written_once_and_then_brought_up_to_date(job, gitlab):
    first = commented(job, gitlab)
    assert first.startswith(MARKER)
    job.variables["PREVIEW_URL"] = "http://preview.example.com/web?db=b1"
    second = commented(job, gitlab)
    assert len(gitlab.notes) == 1
    assert "none for this commit" in first
    assert "(http://preview.example.com/web?db=b1)" in second


def test_it_has_the_tests_that_the_preview_ran(job, gitlab):
    assert "Tests in the preview" not in commented(job, gitlab)
    job.variables["PREVIEW_TESTS"] = "345 run, 3 failed"
    assert "**Tests in the preview:** 345 run, 3 failed" in commented(job, gitlab)


def test_our_comment_is_found_on_a_later_page(job, gitlab):
    for _ in range(45):
        gitlab.add_note(SOMEONE, "A remark")
    ours = gitlab.add_note(US, f"{MARKER}\nold")
    assert job.run("comment") == 0
    assert len(gitlab.notes) == 46
    assert "old" not in ours["body"]


def test_somebody_who_quotes_it_is_left_alone(job, gitlab):
    theirs = gitlab.add_note(SOMEONE, f"{MARKER}\nquoted")
    other = gitlab.add_note(US, f"As I said:\n{MARKER}")
    commented(job, gitlab)
    assert len(gitlab.notes) == 3
    assert theirs["body"].endswith("quoted")
    assert other["body"].startswith("As I said")


def test_it_names_commit_and_pipeline(job, gitlab):
    job.variables["CI_PIPELINE_URL"] = "http://gitlab.example.com/p/1"
    body = commented(job, gitlab)
    assert COMMIT[:12] in body
    assert "[pipeline](http://gitlab.example.com/p/1)" in body


def test_a_test_in_several_reports_is_counted_once(job, gitlab):
    Path("a").mkdir()
    Path("a/junit.xml").write_text(REPORT)
    Path("b.xml").write_text(REPORT.replace("TestPump", "TestOther"))
    body = commented(job, gitlab, "--junit", "**/junit.xml", "b.xml")
    assert "4 passed, 2 failed, 1 skipped" in body
    assert body.count("test_at_two_o_clock") == 1
    assert "- `TestSlot.test_at_two_o_clock`" in body
    assert "- `TestSlot.test_'code'`" in body


def test_a_test_that_fails_in_one_job_of_several_has_failed(job, gitlab):
    for name, inside in {"a": "", "b": "<failure/>", "c": "<skipped/>"}.items():
        case = f'<testcase classname="T" name="n">{inside}</testcase>'
        Path(f"{name}.xml").write_text(f"<testsuite>{case}</testsuite>")
    body = commented(job, gitlab, "--junit", "*.xml")
    assert "0 passed, 1 failed, 0 skipped" in body


def test_many_failures_are_shortened(job, gitlab):
    case = '<testcase classname="T" name="n{}"><failure/></testcase>'
    cases = "".join(map(case.format, range(12)))
    Path("junit.xml").write_text(f"<testsuite>{cases}</testsuite>")
    body = commented(job, gitlab, "--junit", "junit.xml")
    assert body.count("- `T.n") == 10
    assert "- and 2 more" in body


def test_it_says_what_was_not_run(job, gitlab):
    body = commented(job, gitlab, "--junit", "absent/*.xml", "--results", RESULTS)
    assert "**Tests:** no report." in body
    assert "not measured for this commit; with the label `load`" in body


def test_figures_are_set_against_the_target_branch(job, gitlab, measured):
    gitlab.files["19.0", RESULTS] = results(
        target("Click to post", 120),
        target("Queue", 0, met=False),
        target("Steady", 100),
        target("Dropped", 5),
    )
    body = commented(job, gitlab, "--results", RESULTS)
    assert row(body, "Click to post") == ["120 ms", "240 ms", "+100%", "✅"]
    assert row(body, "Queue") == ["0 ms", "700 ms", "+700", "❌"]
    assert row(body, "Steady") == ["100 ms", "101 ms", "=", "✅"]
    assert row(body, "Brand &#124; new") == ["–", "3 posts", "new", "✅"]
    assert row(body, "Dropped") == ["5 ms", "–", "gone", "❌"]
    assert "at most 500 ms" in body


def test_figures_are_rounded(job, gitlab):
    values = {"One": 240.1234, "Two": 3.14159, "Three": 1234567.8, "Four": 0.012345}
    here = results(*(target(name, value) for name, value in values.items()))
    Path("r.json").write_text(here)
    body = commented(job, gitlab, "--results", "r.json")
    rounded = [row(body, name)[1] for name in values]
    assert rounded == ["240 ms", "3.14 ms", "1,234,568 ms", "0.0123 ms"]


def test_a_figure_without_a_promise_has_no_colon(job, gitlab):
    Path("r.json").write_text(results({**target("Steady", 1), "promise": ""}))
    body = commented(job, gitlab, "--results", "r.json")
    assert "| Steady |" in body


def test_figures_stand_alone_if_the_target_branch_has_none(job, gitlab, measured):
    body = commented(job, gitlab, "--results", RESULTS)
    assert "19.0 has no figures yet." in body
    assert row(body, "Steady") == ["–", "101 ms", "new", "✅"]


def test_the_target_branch_may_keep_them_elsewhere(job, gitlab, measured):
    gitlab.files["19.0", "slo.json"] = results(target("Steady", 50))
    body = commented(job, gitlab, "--results", RESULTS, "--committed", "slo.json")
    assert row(body, "Steady") == ["50 ms", "101 ms", "+102%", "✅"]


def test_nobody_is_mentioned_and_no_markup_gets_in(job, gitlab):
    Path("r.json").write_text(results(target("<b>@all</b> [x](http://y)", 1)))
    body = commented(job, gitlab, "--results", "r.json")
    assert "@all" not in body
    assert "<b>" not in body
    assert "[x]" not in body


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"targets": [{}]}', results(target("x", "fast"))]
)
def test_a_file_that_holds_no_figures_is_named(job, gitlab, content):
    Path("r.json").write_text(content)
    assert job.run("comment", "--results", "r.json") == 2
    assert "r.json" in job.sentence
    assert not gitlab.notes


def test_a_report_that_is_none_is_named(job, gitlab):
    Path("junit.xml").write_text("<testsuite>")
    assert job.run("comment", "--junit", "junit.xml") == 2
    assert "junit.xml" in job.sentence


def test_a_token_that_may_not_comment_is_named(job, gitlab):
    job.variables["GITLAB_API_TOKEN"] = "glpat-not-that-one-at-all"
    assert job.run("comment") == 3
    assert "GitLab answers 401" in job.sentence
    assert "glpat" not in job.log


def test_a_job_outside_a_merge_request_is_told_so(job):
    job.variables["CI_MERGE_REQUEST_IID"] = ""
    assert job.run("comment") == 2
    assert "CI_MERGE_REQUEST_IID" in job.sentence
