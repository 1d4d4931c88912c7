#!/usr/bin/env bash
# Expected: X counts 23 characters for each web address and the letters of everything else.
# Seen: twitter-text takes any word whose last part is a top-level domain for an address.
# README.md (Moldova), main.py (Paraguay), Odoo.sh, ASP.NET and Socket.io count 23 each; Node.js does not.
# Why it matters: a technical post of 240 letters can exceed 280 by X's count.
# Names of files and products need the library's own count, not a pattern that looks for "https://".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" twitter-text@3.1.0
cat > finding.mjs <<'JS'
import { readFileSync } from "node:fs";
import twitter from "twitter-text";

const { version } = JSON.parse(readFileSync("node_modules/twitter-text/package.json"));
console.log("twitter-text", version);
console.log("Expected: the number of letters.");
const expected = { "README.md": 23, "main.py": 23, "Odoo.sh": 23, "ASP.NET": 23, "Socket.io": 23, "Node.js": 7, "e.g.": 4 };
for (const [word, weight] of Object.entries(expected)) {
    const seen = twitter.parseTweet(word).weightedLength;
    console.log(`${word}: ${word.length} letters, counted as ${seen}`, twitter.extractUrls(word));
    if (seen !== weight) throw new Error("the behaviour has changed");
}
JS
timeout 60 node finding.mjs
