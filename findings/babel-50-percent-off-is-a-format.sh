#!/usr/bin/env bash
# Expected: Babel marks a message as python-format when it has placeholders such as %s or %(name)s.
# Seen: "Save 50% of your costs" is marked too, since "% o" is a valid octal conversion with a blank flag.
# The checker then refuses the correct German "50 % der Kosten sparen": "% d" is a decimal conversion, not an octal one.
# Why it matters: translators of an addon meet an error that nothing in the text explains.
# Word a label that is never formatted without "% " before a letter, such as "Save half of your costs".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check babel==2.19.0
timeout 60 venv/bin/python - <<'PY'
import babel
from babel.messages.catalog import Catalog

CASES = {
    "Save 50% of your costs": "50 % der Kosten sparen",
    "Growth of 20% is good": "20 % Wachstum ist gut",
    "Half of your costs": "Die Hälfte der Kosten",
}
print("babel", babel.__version__)
print("Expected: no message is a format, no error.")
seen = []
for source, translation in CASES.items():
    catalog = Catalog(locale="de")
    message = catalog.add(source, translation)
    errors = [str(error) for error in message.check(catalog)]
    seen.append((message.python_format, bool(errors)))
    print(f"{source!r} -> {translation!r}: python-format {message.python_format}, {errors or 'no error'}")
assert seen == [(True, True), (True, True), (False, False)], "the behaviour has changed"
PY
