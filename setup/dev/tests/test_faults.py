"""The matrix of faults: what a row says, and when it is a failure."""

import sys
from types import SimpleNamespace

from devkit.paths import ROOT

sys.path.insert(0, str(ROOT))
from blog_ai_generator_tests.faults import publish, results  # noqa: E402
from blog_ai_generator_tests.faults.stage import in_order  # noqa: E402
from blog_ai_generator_tests.faults.verdict import Verdict  # noqa: E402

GOOD = Verdict(lost=0, doubled=0, stuck=0, paid_twice=0, settled=4.0)
PAID = GOOD._replace(paid_twice=8, settled=44.4)


ABOUT = {"date": "2026-11-29", "commit": "abc"}
MACHINE = {"machine": {"cores": 2}}


def row(*verdicts, problem="", why_paid="", **about):
    taken = results.row("A flood", [*verdicts], problem, why_paid)
    return {**taken, **ABOUT, **about}


def test_a_row_adds_up_its_rounds():
    taken = row(GOOD, PAID, PAID, why_paid="nobody knows")
    assert taken["paid_twice"] == 16
    assert taken["settled"] == [4.0, 44.4, 44.4]
    assert results.missed(taken) == []


def test_what_must_not_be_is_a_failure():
    assert results.missed(row(PAID)) == ["A flood: 8 paid twice"]
    lost = GOOD._replace(lost=1)
    assert results.missed(row(lost, why_paid="why")) == ["A flood: 1 lost"]


def test_no_more_is_paid_for_twice_than_was_in_flight():
    several = [PAID, PAID._replace(paid_twice=9)]
    assert results.missed(row(*several, why_paid="why")) == ["A flood: 17 paid twice"]
    assert results.missed(row(PAID, GOOD, PAID, why_paid="why")) == []


def test_what_is_not_measured_is_not_zero():
    taken = row(GOOD._replace(doubled=None))
    assert results.missed(taken) == []
    assert "| A flood | 1 | 0 | – | 0 | 0 |" in results.table([taken])
    assert results.line(taken).split()[3:7] == ["0", "–", "0", "0"]


def test_a_round_that_could_not_be_played_is_a_failure():
    assert results.missed(row(problem="TimeoutError: late")) == [
        "A flood: TimeoutError: late"
    ]


def test_the_page_says_why_something_is_paid_for_twice():
    rows = [row(GOOD), row(PAID, why_paid="nobody knows the answer")]
    page = "\n".join(results.sections({**MACHINE, "rows": rows}))
    assert "| A flood | 1 | 0 | 0 | 0 | 0 | 4 s (at most 4 s) | 2026-11-29, abc" in page
    assert "| A flood | 1 | 0 | 0 | 0 | 8 \\* |" in page
    assert "\\* Nobody knows the answer." in page
    assert results.sections({}) == []


def test_each_reason_has_a_mark_of_its_own():
    rows = [row(PAID, why_paid=why) for why in ("one", "other", "one")]
    rows.append(row(GOOD, why_paid="unseen"))
    assert results.marks(rows) == {"one": "\\*", "other": "†"}
    marked = [line for line in results.table(rows).splitlines() if "8 †" in line]
    assert len(marked) == 1


def test_a_row_that_failed_does_not_leave_its_earlier_counts_on_the_page():
    published = {**MACHINE, "rows": [row(GOOD, GOOD)]}
    failed = row(problem="RuntimeError: -u: 1\n/home/somebody/odoo.py", commit="def")
    merged = publish.merged(published, {**MACHINE, "rows": [failed]}, ["A flood"])
    (taken,) = merged["rows"]
    assert (taken["rounds"], taken["problem"]) == (0, "RuntimeError: -u: 1")
    cells = "| A flood | 0 | 0 | 0 | 0 | 0 | failed: RuntimeError | 2026-11-29, def |"
    assert cells in results.table(merged["rows"])


def test_a_part_has_its_date_and_commit_on_its_own_rows_only():
    drought = {**row(GOOD), "name": "A drought"}
    published = {**MACHINE, **ABOUT, "rows": [row(GOOD), drought]}
    part = row(GOOD, date="2026-12-01", commit="def")
    names = ["A drought", "A flood"]
    merged = publish.merged(published, {**MACHINE, "rows": [part]}, names)
    page = "\n".join(results.sections(merged))
    same = "| 1 | 0 | 0 | 0 | 0 | 4 s (at most 4 s) |"
    assert f"A drought {same} 2026-11-29, abc |" in page
    assert f"A flood {same} 2026-12-01, def |" in page
    assert page.count("abc") == page.count("def") == 1


def test_faults_that_need_the_same_server_follow_each_other():
    played = [("flood", 1, False), ("uninstall", 1, True), ("drought", 2, False)]
    played.append(("frost", 1, False))
    faults = [
        SimpleNamespace(name=name, needs=needs, spoils=spoils)
        for name, needs, spoils in played
    ]
    names = [fault.name for fault in in_order(faults)]
    assert names == ["flood", "frost", "uninstall", "drought"]
