#!/usr/bin/env bash
# Expected: Babel numbers weeks alike for "de" and "de_DE": German weeks are those of ISO 8601,
# and the locale data names Germany as the likely country of "de".
# Seen: without a country Babel takes the rule of the whole world, where the week of 1 January is always week 1.
# In 2026 that is right until 27 December. 1 January 2027 is week 1 instead of 53, and each day of 2027 and 2028
# is a week too high. For that reason the week of "pt" and "he" begins on Monday, not as in Brazil and Israel on Sunday.
# Why it matters: the lang attribute, hreflang and Odoo's iso_code say "de". A newsletter with its week in the title
# that was tested this year is wrong for the next two. JavaScript's Intl.Locale("de") adds the likely country.
# Give Babel a code with one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check babel==2.19.0
timeout 120 venv/bin/python - <<'PY'
import datetime

import babel
from babel.core import get_global
from babel.dates import format_date

FIRST = datetime.date(2027, 1, 1)


def wrong(code, year):
    """Return on how many days of ``year`` Babel's week is another one than that of ISO 8601."""
    days = (datetime.date(year, 1, 1) + datetime.timedelta(day) for day in range(366))
    return sum(int(format_date(day, "w", locale=code)) != day.isocalendar().week for day in days if day.year == year)


print("babel", babel.__version__)
print("Likely:", {code: get_global("likely_subtags")[code] for code in ("de", "fr", "pt", "he")})
print("Expected: week", FIRST.isocalendar().week, "and 0 wrong days in each year.")
seen = {}
for code in ("de_DE", "de", "fr_FR", "fr"):
    seen[code] = format_date(FIRST, "w", locale=code), [wrong(code, year) for year in (2026, 2027, 2028)]
    print(f"{code}: {FIRST} is in week {seen[code][0]}, wrong days in 2026, 2027 and 2028: {seen[code][1]}")
starts = {code: babel.Locale.parse(code).first_week_day for code in ("pt_BR", "pt", "he_IL", "he")}
print("First day of the week, 0 is Monday:", starts)
right, high = ("53", [0, 0, 0]), ("1", [4, 365, 366])
assert get_global("likely_subtags")["de"] == "de_Latn_DE", "the behaviour has changed"
assert seen == {"de_DE": right, "de": high, "fr_FR": right, "fr": high}, "the behaviour has changed"
assert starts == {"pt_BR": 6, "pt": 0, "he_IL": 6, "he": 0}, "the behaviour has changed"
PY
