#!/usr/bin/env bash
# Expected: Babel knows sr@latin, the code that gettext, glibc and Odoo use for Serbian in Latin letters, or refuses it.
# Seen: Babel accepts the code and ignores the modifier: dates come out in Cyrillic, and the name is "Serbian".
# Only sr_Latn names the script.
# Why it matters: an Odoo page in Latin letters gets Cyrillic dates from an addon that passes the language code to Babel.
# A prompt that names the language by Babel says "Serbian" where "Serbian (Latin)" was meant.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check babel==2.19.0
timeout 60 venv/bin/python - <<'PY'
import datetime
import unicodedata

import babel
from babel.dates import format_date

DAY = datetime.date(2026, 11, 29)


def script(code):
    locale = babel.Locale.parse(code)
    text = format_date(DAY, "long", locale=locale)
    letter = next(character for character in text if character.isalpha())
    result = unicodedata.name(letter).split()[0]
    print(f"{code}: {text} ({result}), called {locale.get_display_name('en')}")
    return result


print("babel", babel.__version__)
print("Expected: LATIN for both, or UnknownLocaleError.")
seen = [script("sr_Latn"), script("sr@latin")]
assert seen == ["LATIN", "CYRILLIC"], "the behaviour has changed"
PY
