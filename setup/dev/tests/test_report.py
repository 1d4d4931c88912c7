"""Counting tests in Odoo's log."""

import pytest
from devkit.paths import shown
from devkit.report import Report, pytest_counts
from devkit.testing import judge_log

TESTS = "odoo.addons.blog.tests.test_blog"


def record(message, logger=TESTS, level="INFO"):
    return f"2026-01-02 03:04:05,678 42 {level} db {logger}: {message} \n"


STARTED = record("Starting TestBlog.test_one ...")
END = record("0 failed, 0 error(s) of 1 tests when loading database 'db'")


def read(*lines, code=0):
    report = Report()
    for line in lines:
        report.read(line)
    report.end(code)
    return report


def conclusion(report, capsys):
    capsys.readouterr()
    code = report.conclude()
    return code, capsys.readouterr().out.splitlines()[-2:]


def test_a_test_that_started_and_had_no_trouble_has_passed(capsys):
    report = read(STARTED, END)
    assert conclusion(report, capsys) == (
        0,
        ["tours: 0 succeeded", "1 passed, 0 failed, 0 skipped"],
    )


def test_a_class_takes_from_its_first_test_to_its_last_record(capsys, monkeypatch):
    # All records have one time, as those of a test that freezes the clock.
    clock = iter((10.0, 11.5, 12.0, 14.0))
    monkeypatch.setattr("devkit.report.time.monotonic", lambda: next(clock))
    read(STARTED, record("something"), STARTED.replace("TestBlog", "TestTag"), END)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("TestBlog: 1 tests, 1.5 s")
    assert lines[1].endswith("TestTag: 1 tests, 2.0 s")


def test_a_class_that_takes_long_says_which_test_it_has_come_to(capsys, monkeypatch):
    clock = iter((10.0, 12.0, 16.0, 18.0, 19.0))
    monkeypatch.setattr("devkit.report.time.monotonic", lambda: next(clock))
    tests = [STARTED.replace("one", name) for name in ("one", "two", "three", "four")]
    read(*tests, END)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:1] == ["   … 6 s, TestBlog.test_three"]
    assert lines[1].endswith("TestBlog: 4 tests, 9.0 s")


def test_two_failed_subtests_are_one_failed_test_and_are_shown(capsys):
    trouble = "FAIL: Subtest TestBlog.test_one (case={})"
    report = read(
        STARTED,
        record(trouble.format(1), level="ERROR"),
        "AssertionError: as asked\n",
        record(trouble.format(2), level="ERROR"),
        END,
        code=1,
    )
    assert "AssertionError: as asked" in capsys.readouterr().out
    assert conclusion(report, capsys)[1][1] == "0 passed, 1 failed, 0 skipped"


def test_a_class_that_cannot_be_set_up_counts_as_failed(capsys):
    line = record("ERROR: setUpClass (x.TestBlog)", "odoo.tests.suite", "ERROR")
    code, (_tours, counts) = conclusion(read(STARTED, line, END, code=1), capsys)
    assert (code, counts) == (1, "1 passed, 1 failed, 0 skipped")


def test_budgets_that_are_not_counted_in_full_make_the_run_red(capsys):
    line = record("Only own statements are counted, for these modules differ: crm")
    report = read(STARTED, line, line, END)
    assert conclusion(report, capsys)[0] == 1
    assert len(report.troubles) == 1


def test_a_warning_that_no_test_expected_is_named_at_the_end(tmp_path, capsys):
    log = tmp_path / "test_browser.log"
    log.write_text(STARTED + record("The page is gone", level="WARNING") + END)
    report = read(STARTED, END)
    report.troubles += judge_log(log)
    assert report.conclude() == 1
    assert (
        f"!  no test expected this WARNING in {shown(log)}: {TESTS}: The page is gone"
    ) in capsys.readouterr().out.splitlines()


def test_a_log_without_warnings_is_no_trouble(tmp_path):
    log = tmp_path / "test.log"
    log.write_text(STARTED + END)
    assert judge_log(log) == []


def test_a_skipped_test_makes_the_run_red(capsys):
    line = record("skipped TestBlog.test_one : Chrome executable not found")
    code, (_tours, counts) = conclusion(read(STARTED, line, END), capsys)
    assert (code, counts) == (1, "0 passed, 0 failed, 1 skipped")


def test_tests_may_be_skipped_for_the_one_reason_that_is_known(capsys):
    skipped = record("skipped TestBlog.test_one : no network")
    for excuse, expected in (("no network", 0), ("no mirror", 1), ("", 1)):
        report = read(STARTED, skipped, END)
        report.excuse = excuse
        code, (_tours, counts) = conclusion(report, capsys)
        assert (code, counts) == (expected, "0 passed, 0 failed, 1 skipped")


def test_a_test_may_be_skipped_here_that_another_command_runs(capsys):
    for reason, expected in (
        ("No shop here: make neighbours runs it.", 0),
        ("No shop here: make neighbours ran it.", 1),
    ):
        report = read(STARTED, record(f"skipped TestBlog.test_one : {reason}"), END)
        code, (_tours, counts) = conclusion(report, capsys)
        assert (code, counts) == (expected, "0 passed, 0 failed, 1 skipped")


def test_a_known_reason_is_given_once_with_the_number_of_tests(capsys):
    second = STARTED.replace("test_one", "test_two")
    skips = [record(f"skipped TestBlog.test_{n} : no network") for n in ("one", "two")]
    report = read(STARTED, skips[0], second, skips[1], END)
    report.excuse = "no network"
    report.conclude()
    said = [it for it in capsys.readouterr().out.splitlines() if "no network" in it]
    assert said == ["   2 tests were skipped: no network"]


def test_each_tour_is_counted_once(capsys):
    browser = f"{TESTS}.TestBlog.test_one.browser"
    report = read(
        STARTED,
        record("[1/1] Tour write → Step .btn", browser),
        record("tour succeeded", browser),
        record("\n", browser),
        "║ TOUR write SUCCEEDED ║\n",
        END,
    )
    assert conclusion(report, capsys)[1][0] == "tours: 1 succeeded"


@pytest.mark.parametrize(
    ("lines", "code"),
    [((END,), 0), ((STARTED,), 0), ((STARTED, END), 3)],
    ids=["no test ran", "it ended early", "it ended with an error"],
)
def test_a_run_is_red_without_a_failed_test_when(lines, code, capsys):
    assert conclusion(read(*lines, code=code), capsys)[0] == 1


def test_failures_beside_odoos_make_the_run_red(capsys):
    report = read(STARTED, END)
    report.others = (5, 1, 0)
    code, (_tours, counts) = conclusion(report, capsys)
    assert (code, counts) == (1, "6 passed, 1 failed, 0 skipped")


def test_results_of_tests_that_ran_beside_these_are_added(capsys):
    report = read(STARTED, record("tour succeeded"), END)
    other = STARTED.replace("test_one", "test_two")
    trouble = record("FAIL: TestBlog.test_two", level="ERROR")
    report.add(read(other, record("tour succeeded"), trouble, END, code=1))
    assert conclusion(report, capsys) == (
        1,
        ["tours: 2 succeeded", "1 passed, 1 failed, 0 skipped"],
    )


def test_pytests_last_line_is_read():
    output = "..F\n1 failed, 4 passed, 2 skipped, 1 error in 0.12s\n"
    assert pytest_counts(output) == (4, 2, 2)
    assert pytest_counts(f"{output}a thread had a word to say\n") == (4, 2, 2)
    assert pytest_counts("") == (0, 0, 0)
