"""The JUnit report of a log of Odoo's tests."""

import sys

from devkit.paths import SCRIPTS

sys.path.insert(0, str(SCRIPTS))

import junit

TESTS = "odoo.addons.blog.tests.test_blog"


def record(message, level="INFO"):
    return f"2026-01-02 03:04:05,678 42 {level} db {TESTS}: {message} "


def entries(*lines):
    return {case.get("name"): case for case in junit.report(list(lines))}


def test_a_test_that_had_no_trouble_has_neither_failure_nor_skip():
    found = entries(
        record("Starting TestBlog.test_one ..."),
        "\tblog.TestBlog.test_one: 0.25s 3 queries",
    )
    case = found["TestBlog.test_one"]
    assert (case.get("classname"), case.get("time"), len(case)) == (TESTS, "0.25", 0)


def test_a_failure_carries_its_traceback_without_colors():
    found = entries(
        record("Starting TestBlog.test_one ..."),
        record("FAIL: TestBlog.test_one", "ERROR"),
        "\x1b[31mAssertionError: as asked\x1b[0m",
        record("Starting TestBlog.test_two ..."),
        "not part of it",
    )
    text = found["TestBlog.test_one"].find("failure").text
    assert text.endswith("\nAssertionError: as asked")
    assert found["TestBlog.test_two"].find("failure") is None


def test_a_class_that_cannot_be_set_up_is_in_the_report():
    found = entries(record("ERROR: setUpClass (x.TestBlog)", "ERROR"))
    assert found["setUpClass (x.TestBlog)"].find("failure") is not None


def test_a_skipped_test_says_why():
    found = entries(record("skipped TestBlog.test_one : no browser"))
    assert found["TestBlog.test_one"].find("skipped").get("message") == "no browser"
