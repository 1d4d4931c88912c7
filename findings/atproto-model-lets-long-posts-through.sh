#!/usr/bin/env bash
# Expected: the Python SDK's model of a Bluesky post enforces the limits of its schema: 300 graphemes and 3,000 bytes.
# Seen: it checks neither. It allows 3,000 characters: a post of 400 letters passes,
# and so does one of 2,000 Japanese letters, which is 6,000 bytes.
# Why it matters: "the model accepted it" does not say that the server will. Count graphemes and UTF-8 bytes yourself
# before the post is queued, or the refusal comes when nobody is looking.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check atproto==0.0.73
timeout 60 venv/bin/python - <<'PY'
import importlib.metadata

from atproto import models
from pydantic import ValidationError


def accepted(text):
    try:
        models.AppBskyFeedPost.Record(text=text, created_at="2026-11-29T12:00:00Z")
        return True
    except ValidationError:
        return False


print("atproto", importlib.metadata.version("atproto"))
print("Expected: accepted up to 300 graphemes and 3,000 bytes only.")
texts = ["a" * 300, "a" * 400, "あ" * 2000, "a" * 3001]
seen = []
for text in texts:
    seen.append(accepted(text))
    print(f"{len(text)} times {text[0]!r}, {len(text.encode())} bytes: {'accepted' if seen[-1] else 'refused'}")
assert seen == [True, True, True, False], "the behaviour has changed"
PY
