#!/usr/bin/env bash
# Expected: maxLength in a JSON schema limits a string to so many characters, whatever these are.
# Seen: xgrammar, which vLLM and SGLang use for structured output, then allows no escape at all: no quotation mark,
# no backslash and no line break fits into the string. It allows what JSON forbids instead: a tab as it is.
# minLength does the same, also with 1. Without the two, each valid string passes and no other.
# Why it matters: a limit on a social post or a title makes the model write one line without quotation marks,
# or an answer that json.loads refuses. Ask for the length in words, and cut the text in the client.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check apache-tvm-ffi==0.1.15.post2 numpy==2.4.6 pydantic==2.14.4
venv/bin/pip install -qq --disable-pip-version-check --no-deps xgrammar==0.2.9 2> /dev/null
timeout 60 venv/bin/python - <<'PY'
import importlib.metadata
import json
import sys
from unittest.mock import MagicMock

import tvm_ffi  # noqa: F401  Before the stand-ins, which it would take for the real ones.

# A grammar is made and matched without PyTorch and transformers, which are gigabytes.
for name in ("torch", "transformers", "triton", "triton.language"):
    sys.modules[name] = MagicMock()
from xgrammar import Grammar  # noqa: E402
from xgrammar.testing import _is_grammar_accept_string as accepts  # noqa: E402

SCHEMAS = [{"type": "string"}, {"type": "string", "maxLength": 300}, {"type": "string", "minLength": 1}]
VALID = ["plain", "日本語", 'He says "no".', "One line\nAnother line", "back\\slash"]
TEXTS = [*(json.dumps(text, ensure_ascii=False) for text in VALID), '"raw\ttab"']
EXPECTED = [True, True, True, True, True, False]
LIMITED = [True, True, False, False, False, True]


def is_json(text):
    try:
        json.loads(text)
        return True
    except ValueError:
        return False


print("xgrammar", importlib.metadata.version("xgrammar"))
assert [is_json(text) for text in TEXTS] == EXPECTED
print("Expected with each schema:", dict(zip(TEXTS, EXPECTED, strict=True)))
for schema, seen_before in zip(SCHEMAS, (EXPECTED, LIMITED, LIMITED), strict=True):
    grammar = Grammar.from_json_schema(json.dumps(schema))
    seen = [accepts(grammar, text) for text in TEXTS]
    print(json.dumps(schema), dict(zip(TEXTS, seen, strict=True)))
    assert seen == seen_before, "the behaviour has changed"
PY
