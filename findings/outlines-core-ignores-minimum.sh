#!/usr/bin/env bash
# Expected: outlines-core (constrained decoding) turns a JSON schema into a regex that enforces it, or refuses a keyword.
# Seen: minimum, maximum, multipleOf and uniqueItems are dropped without a word, while maxLength and maxItems are enforced.
# Seen too: "pattern" is a search in JSON Schema, but the regex demands a match of the whole string.
# Why it matters: a server that promises "the output follows your schema" still sends -7 where 1 to 5 was asked for.
# Validate the answer in the client, whatever the server enforces.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check outlines-core==0.2.14 jsonschema==4.25.1
timeout 60 venv/bin/python - <<'PY'
import importlib.metadata
import json
import re

import jsonschema
from outlines_core.json_schema import build_regex_from_schema

# Schema, a value, and whether the regex lets it through.
CASES = [
    ({"type": "integer", "minimum": 1, "maximum": 5}, -7, True),
    ({"type": "integer", "multipleOf": 5}, 7, True),
    ({"type": "array", "items": {"type": "string"}, "uniqueItems": True}, ["a", "a"], True),
    ({"type": "string", "maxLength": 3}, "abcd", False),
    ({"type": "array", "items": {"type": "string"}, "maxItems": 1}, ["a", "b"], False),
    ({"type": "string", "pattern": "[0-9]{4}"}, "Spring 2026", False),
]
print(*(f"{name} {importlib.metadata.version(name)}" for name in ("outlines-core", "jsonschema")), sep=", ")
print("Expected: the regex allows a value where the schema does.")
for schema, value, allowed in CASES:
    valid = jsonschema.Draft202012Validator(schema).is_valid(value)
    matches = bool(re.fullmatch(build_regex_from_schema(json.dumps(schema)), json.dumps(value)))
    print(f"{json.dumps(schema)}: {json.dumps(value)} is valid: {valid}, allowed by the regex: {matches}")
    assert matches == allowed, "the behaviour has changed"
    assert valid == ("pattern" in schema), "the behaviour has changed"
PY
