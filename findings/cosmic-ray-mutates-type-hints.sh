#!/usr/bin/env bash
# Expected: the mutation tester cosmic-ray changes what a function does. Type hints do nothing, so they are left out.
# Seen: the | of "int | None" is taken for an operation. A function of one line with four of them gets 44 mutants
# in its hints beside 2 in its code. Python evaluates a hint at import and raises TypeError, which counts as killed:
# 46 of 46. With "from __future__ import annotations" nothing evaluates the hints, and the same test kills 2 of 46.
# Why it matters: the score says how a module is typed rather than how it is tested.
# Leave mutants out whose place lies in a hint before you count.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check cosmic-ray==8.7.0
export PYTHONDONTWRITEBYTECODE=1
timeout 300 venv/bin/python - <<'PY'
import importlib.metadata
import json
import pathlib
import subprocess
import sys

CODE = '''
def pick(first: int | None, second: str | None = None) -> int | str | None:
    return second if first is None else first
'''
FUTURE = "from __future__ import annotations\n"
TEST = "from pick import pick\nassert pick(None, 'a') == 'a'\n"
SETTINGS = f'''
[cosmic-ray]
module-path = "pick.py"
timeout = 20.0
excluded-modules = []
test-command = "{sys.executable} test_pick.py"
[cosmic-ray.distributor]
name = "local"
'''


def score(name, code):
    """Return the mutants killed and made, in the type hints and in the rest."""
    folder = pathlib.Path(name)
    folder.mkdir()
    for file, text in {"pick.py": code, "test_pick.py": TEST, "settings.toml": SETTINGS}.items():
        (folder / file).write_text(text)
    command = pathlib.Path(sys.executable).with_name("cosmic-ray")

    def run(*words):
        return subprocess.run([command, *words], cwd=folder, check=True, capture_output=True, text=True).stdout

    run("init", "settings.toml", "session.sqlite")
    run("exec", "settings.toml", "session.sqlite")
    counts = {"hints": [0, 0], "code": [0, 0]}
    for line in run("dump", "session.sqlite").splitlines():
        item, result = json.loads(line)
        hint = item["mutations"][0]["operator_name"].startswith("core/ReplaceBinaryOperator_BitOr")
        count = counts["hints" if hint else "code"]
        count[0] += result["test_outcome"] == "killed"
        count[1] += 1
    return counts


print("cosmic-ray", importlib.metadata.version("cosmic-ray"))
print("Expected: no mutant in the hints, and the same score with and without the import.")
plain, future = score("plain", CODE), score("future", FUTURE + CODE)
print("Seen: killed and made:", plain)
print("Seen, with the import:", future)
assert plain["hints"] == [44, 44], "the behaviour has changed"
assert future["hints"] == [0, 44], "the behaviour has changed"
assert plain["code"] == future["code"], "the behaviour has changed"
PY
