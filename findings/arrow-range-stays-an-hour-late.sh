#!/usr/bin/env bash
# Expected: Arrow.range("day", …) from 02:30 moves only the day on which the clocks skip that time,
# as start.shift(days=n) does: 03:30 on 28 March 2027 in Berlin, 02:30 again on the 29th.
# Seen: every later day is at 03:30, too, since each step starts from the time of the one before. Weeks do the same.
# If the range has an end, its last day is past that end by now and is left out without a word.
# In autumn, when a time comes twice, nothing moves.
# Why it matters: a plan of daily posts is late from then on and loses its last day. Where the clocks change at
# midnight, as in Cairo and Santiago, this hits a plan for 00:00. Count the days and shift the start by them instead.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check arrow==1.4.0 tzdata==2026.6
timeout 60 venv/bin/python - <<'PY'
import arrow


def clock(moments):
    return [moment.format("HH:mm") for moment in moments]


def compare(frame, start):
    """Return the times of four steps from ``start``: expected, seen, and seen with an end."""
    end = start.shift(**{f"{frame}s": 3})
    expected = clock(start.shift(**{f"{frame}s": step}) for step in range(4))
    seen = clock(arrow.Arrow.range(frame, start, limit=4))
    bounded = clock(arrow.Arrow.range(frame, start, end))
    print(f"Each {frame} from {start}")
    print("    Expected:", *expected)
    print("    Seen:    ", *seen)
    print("    Until", end, *bounded)
    return expected, seen, bounded


print("arrow", arrow.__version__)
berlin = compare("day", arrow.Arrow(2027, 3, 27, 2, 30, tzinfo="Europe/Berlin"))
weekly = compare("week", arrow.Arrow(2027, 3, 21, 2, 30, tzinfo="Europe/Berlin"))
cairo = compare("day", arrow.Arrow(2027, 4, 29, 0, 0, tzinfo="Africa/Cairo"))
autumn = compare("day", arrow.Arrow(2027, 10, 30, 2, 30, tzinfo="Europe/Berlin"))
late = ["02:30", "03:30", "03:30", "03:30"]
assert berlin == weekly == (["02:30", "03:30", "02:30", "02:30"], late, late[:3]), "the behaviour has changed"
late = ["00:00", "01:00", "01:00", "01:00"]
assert cairo == (["00:00", "01:00", "00:00", "00:00"], late, late[:3]), "the behaviour has changed"
assert autumn == (["02:30"] * 4,) * 3, "the behaviour has changed"
PY
