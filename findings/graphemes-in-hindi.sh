#!/usr/bin/env bash
# Expected: libraries that count graphemes agree, at least Bluesky's own one with itself: its limit is 300 graphemes.
# Seen: four words of Hindi are 19 graphemes for Bluesky's @atproto/common-web 0.4.3 and 12 for 0.4.6. PyPI's grapheme says 19,
# regex, uniseg and pyuegc say 12. In Khmer, uniseg and pyuegc leave regex, too: 7 instead of 5.
# Since Unicode 15.1, letters that are joined by a virama are one grapheme; an older table cuts them apart.
# Why it matters: a Hindi post of 300 characters by one count has 475 by another, and a server of an older release
# refuses it. "Graphemes" names a limit only together with a version of Unicode; leave room in Indic scripts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for version in 0.4.3 0.4.6; do
    npm install --silent --no-audit --no-fund --prefix "$work/$version" @atproto/common-web@$version
done
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check regex==2026.11.19 grapheme==0.6.0 uniseg==0.10.1 pyuegc==16.0.3
cat > count.cjs <<'JS'
const counts = {};
for (const version of ["0.4.3", "0.4.6"]) {
    const { graphemeLen } = require(`./${version}/node_modules/@atproto/common-web`);
    counts[`@atproto/common-web ${version}`] = JSON.parse(process.argv[2]).map(graphemeLen);
}
console.log(JSON.stringify(counts));
JS
timeout 60 venv/bin/python - <<'PY'
import importlib.metadata
import json
import subprocess

import grapheme
import pyuegc
import regex
from uniseg.graphemecluster import grapheme_clusters

TEXTS = {"English": "naïve", "Hindi": "क्षत्रिय ज्ञान विद्यार्थी स्त्री", "Khmer": "ខ្ញុំ ស្រឡាញ់"}
PYTHON = {
    "regex": lambda text: len(regex.findall(r"\X", text)),
    "grapheme": grapheme.length,
    "uniseg": lambda text: len(list(grapheme_clusters(text))),
    "pyuegc": lambda text: len(pyuegc.EGC(text)),
}
EXPECTED = {
    "@atproto/common-web 0.4.3": [5, 19, 7],
    "@atproto/common-web 0.4.6": [5, 12, 5],
    "regex 2026.11.19": [5, 12, 5],
    "grapheme 0.6.0": [5, 19, 7],
    "uniseg 0.10.1": [5, 12, 7],
    "pyuegc 16.0.3": [5, 12, 7],
}
printed = subprocess.check_output(["node", "count.cjs", json.dumps(list(TEXTS.values()))])
seen = json.loads(printed)
for package, count in PYTHON.items():
    seen[f"{package} {importlib.metadata.version(package)}"] = [count(text) for text in TEXTS.values()]
print("Expected: one number for each of", ", ".join(TEXTS))
for package, counts in seen.items():
    print(f"    {package}: {counts}")
assert seen == EXPECTED, "the behaviour has changed"
PY
