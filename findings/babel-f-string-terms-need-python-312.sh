#!/usr/bin/env bash
# Expected: which terms Babel extracts depends on the source and on Babel's version.
# Seen: it depends on the Python that runs it. A call in the braces of an f-string is extracted by Python 3.12 and
# newer; with 3.10 and 3.11 it is left out without a warning, for tokenize hands over the whole f-string as one token.
# Tried with 3.11.7 and, with Babel 2.17.0, 3.13.5.
# Why it matters: Odoo exports with Babel. An addon's template differs between Debian 12 (3.11) and Debian 13 (3.13):
# a term is untranslated on one, and a check of the template fails on the other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for python in python3 python3.10 python3.11 python3.12 python3.13 python3.14; do
    command -v "$python" >/dev/null && "$python" -c "import ensurepip" 2>/dev/null || continue
    "$python" -m venv --clear venv
    venv/bin/pip install -qq --disable-pip-version-check babel==2.19.0
    timeout 60 venv/bin/python - <<'PY'
import io
import sys

import babel
from babel.messages.extract import extract

SOURCE = b'''
plain = _("Outside")
joined = f"{topic or _('Inside')} ({name})"
'''
found = [message for _line, message, *_more in extract("python", io.BytesIO(SOURCE))]
print(f"Babel {babel.__version__}, Python {sys.version.split()[0]}: {found}")
new = sys.version_info >= (3, 12)
assert found == (["Outside", "Inside"] if new else ["Outside"]), "the behaviour has changed"
PY
done
