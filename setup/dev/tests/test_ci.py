"""The jobs of `.gitlab-ci.yml`: rules, artifacts and commands."""

import re
import subprocess

import pytest
from devkit import testing
from devkit.commands import bench, coverage, e2e, mutants, test
from devkit.paths import CI, LOGS, ROOT, WHEELS, shown

CHARTS = ROOT / "blog_ai_generator_tests" / "benchmark" / "charts"
PUBLISHED = CHARTS.with_name("results.json")
GROWN, PAGE = CHARTS.with_name("growth.json"), CHARTS.with_name("FIGURES.md")
# Odoo 19.0 needs this PostgreSQL; OCA's image has the client of the other one.
OLDEST, CLIENT = 13, 14


def job(name: str) -> str:
    text = (ROOT / ".gitlab-ci.yml").read_text()
    return re.search(rf"^{name}:\n((?: .*\n|\n)+)", text, re.MULTILINE)[1]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("unit", [LOGS]),
        ("all_tests", [LOGS, testing.SCREENSHOTS]),
        ("preview_check", [LOGS]),
        ("wheels", [WHEELS]),
        ("stress", [LOGS, testing.SCREENSHOTS]),
        ("bench", [LOGS, bench.FULL.parent, PUBLISHED, CHARTS, ROOT / "README.md"]),
        ("coverage", [coverage.RESULTS, LOGS, testing.SCREENSHOTS]),
        ("mutants", [mutants.RESULTS, mutants.mutants.PUBLISHED]),
        ("neighbours", [LOGS, testing.SCREENSHOTS]),
        ("growth", [LOGS, GROWN, PAGE, ROOT / "README.md"]),
        ("oca_gates", [LOGS]),
        ("newest_odoo", [LOGS, testing.SCREENSHOTS]),
        ("tours", [e2e.ARTIFACTS]),
        ("e2e", [e2e.ARTIFACTS]),
    ],
)
def test_a_job_keeps_what_its_command_writes(name, written):
    artifacts = job(name).partition("artifacts:")[2]
    listed = re.search(r"paths:(.*?)(?=\n    \w|\Z)", artifacts, re.DOTALL)[1]
    found = set(re.findall(r"[\w./]+\w", listed.replace("/*.whl", "")))
    assert {shown(path) for path in written} <= found


def test_the_comment_is_about_what_was_measured_not_about_what_is_checked_out():
    words = job("comment").split()
    assert words[words.index("--results") + 1] == shown(bench.FULL)
    assert words[words.index("--committed") + 1] == shown(PUBLISHED)
    assert PUBLISHED.is_file()


def test_jobs_run_the_commands_that_a_change_must_pass():
    scripts = (ROOT / ".gitlab-ci.yml").read_text()
    run = (ROOT / ".ci" / "run").read_text()
    for words in re.findall(r"^make (?:-j\d )?(.+)", run, re.MULTILINE):
        for target in words.split():
            assert f"    - make {target}\n" in scripts


def test_each_job_of_tests_reports_into_a_folder_of_its_own():
    assert "REPORTS: reports/$ODOO" in job("test")
    names = [group.name for group in (*test.SIDE_BY_SIDE, test.THEN)]
    assert f"for log in {' '.join(names)}; do" in job("all_tests")
    log = shown(LOGS / "$log.log")
    assert f'junit.py "{log}" "reports/all/junit-$log.xml"' in job("all_tests")
    assert '--junit "reports/*/junit*.xml"' in job("comment")


def test_pg_dump_of_ocas_image_is_not_older_than_the_server_of_its_jobs():
    assert "  extends: .odoo\n" in job("test")
    servers = re.findall(r"- name: postgres:(\d+)\n", job("\\.odoo"))
    assert [OLDEST <= int(version) <= CLIENT for version in servers] == [True]


def test_a_runboat_that_is_busy_or_away_does_not_redden_a_merge_request():
    problems = (CI / "preview" / "problems.py").read_text()
    code = r"class {}\(Problem\):\n    code = (\d)"
    excused = [
        re.search(code.format(name), problems)[1]
        for name in ("TooLate", "Crowded", "Unreachable")
    ]
    allowed = f"allow_failure: {{exit_codes: [{', '.join(excused)}]}}"
    assert allowed in job("preview")
    assert allowed in (CI / "README.md").read_text()


def test_the_tours_of_a_preview_never_play_on_another_server():
    script = job("e2e").partition("script:\n")[2]
    guard = re.search(r"- \|\n((?: {6}.*\n)+)", script)[1]
    done = subprocess.run(["sh", "-c", guard], env={}, check=False)
    assert f"exit_codes: [{done.returncode}]" in job("e2e")
    given = {"PREVIEW_URL": "https://preview.example.com"}
    assert not subprocess.run(["sh", "-c", guard], env=given, check=False).returncode


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("load", True),
        ("bug,load", True),
        ("load,bug", True),
        ("load:heavy", False),
        ("workload", False),
        ("", False),
    ],
)
def test_only_the_label_load_itself_runs_the_load_jobs(labels, expected):
    pattern = re.search(r"CI_MERGE_REQUEST_LABELS =~ /(.+)/", job("\\.load"))[1]
    assert bool(re.search(pattern, labels)) == expected


def test_nightly_jobs_are_not_red_where_github_cannot_be_reached(tmp_path):
    assert '- if: $CI_PIPELINE_SOURCE == "schedule"\n' in job("\\.nightly")
    (tmp_path / "git").write_text("#!/bin/sh\nexit 128\n")
    (tmp_path / "git").chmod(0o755)
    for name in ("oca_gates", "newest_odoo"):
        first = re.search(r"script:\n    - (.+)", job(name))[1]
        found = subprocess.run(
            ["/bin/sh", "-c", first], env={"PATH": str(tmp_path)}, check=False
        )
        assert f"allow_failure: {{exit_codes: [{found.returncode}]}}" in job(name)


def test_a_missed_target_of_growth_is_a_warning_in_nightly_pipelines():
    assert "  extends: .nightly\n" in job("growth")
    assert "  allow_failure: true\n" in job("growth")
    assert "    - make growth\n" in job("growth")


def test_a_load_of_0_is_none():
    assert '- if: $LOAD && $LOAD != "0"\n' in job("\\.load")


def test_a_preview_that_failed_half_way_can_be_stopped():
    assert "needs: []" in job("stop_preview")
