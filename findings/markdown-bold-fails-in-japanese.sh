#!/usr/bin/env bash
# Expected: **「重要」**です is bold in every Markdown library, as **“yes”** is in English.
# Seen: the asterisks stay. In CommonMark ** cannot close between a punctuation mark and a letter,
# and Japanese, Chinese and Korean put no blank after a bold phrase. Three parsers in two languages agree.
# Why it matters: language models often write bold phrases that end with 」, ） or 。, and readers see ** on the page.
# Blanks around the phrase, or ** inside the quotation marks, make it bold.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check markdown-it-py==4.3.0 mistune==3.4.0 cmarkgfm==2025.10.22
timeout 60 venv/bin/python - <<'PY'
import importlib.metadata

import cmarkgfm
import mistune
from markdown_it import MarkdownIt

PARSERS = {
    "markdown-it-py": MarkdownIt().render,
    "mistune": mistune.html,
    "cmarkgfm": cmarkgfm.markdown_to_html,
}
BOLD = ["He says **“yes”** now.", "これは**重要**です。", "これは **「重要」** です。", "これは「**重要**」です。"]
LITERAL = ["これは**「重要」**です。", "**会計（簿記）**は簡単です。", "これは**重要。**次に", "중요한 **'기능'**입니다."]
print(*(f"{name} {importlib.metadata.version(name)}" for name in PARSERS), sep=", ")
print("Expected: <strong> in every line.")
for text in BOLD + LITERAL:
    results = {name: "<strong>" in render(text) for name, render in PARSERS.items()}
    print(text, "->", PARSERS["cmarkgfm"](text).strip(), results)
    assert set(results.values()) == {text in BOLD}, "the behaviour has changed"
PY
