#!/usr/bin/env bash
# Expected: the official libraries of X and Bluesky find the same web address in a Japanese sentence.
# Seen: they differ in opposite ways. X (twitter-text) ends an address before the first Japanese letter,
# so that …/ガイド links to the site's root. Bluesky (@atproto/api) ends it at a blank only: "。続き" becomes part of it,
# and an address after a letter or 「, as Japanese is written, is no link at all.
# Why it matters: a social text in Japanese or Chinese needs a percent-encoded address with a blank on both sides;
# only that form is the same link on both networks.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" twitter-text@3.1.0 @atproto/api@0.19.19
cat > finding.mjs <<'JS'
import { readFileSync } from "node:fs";
import { RichText } from "@atproto/api";
import twitter from "twitter-text";

for (const name of ["twitter-text", "@atproto/api"]) {
    console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version);
}
function bluesky(text) {
    const rich = new RichText({ text });
    rich.detectFacetsWithoutResolution();
    return (rich.facets ?? []).map((facet) => facet.features[0].uri);
}
const HOST = "https://example.com/";
const ENCODED = HOST + "%E3%82%AC%E3%82%A4%E3%83%89";
// Text, the address on X, the address on Bluesky.
const CASES = [
    [`詳細は ${HOST}ガイド をご覧ください`, [HOST], [HOST + "ガイド"]],
    [`詳細は ${HOST}a。続きもあります`, [HOST + "a"], [HOST + "a。続きもあります"]],
    [`詳細は${HOST}aをご覧ください`, [HOST + "a"], []],
    [`「${HOST}a」`, [HOST + "a"], []],
    [`詳細は ${ENCODED} をご覧ください`, [ENCODED], [ENCODED]],
];
console.log("Expected: the same address on both.");
for (const [text, onX, onBluesky] of CASES) {
    const seen = [twitter.extractUrls(text), bluesky(text)];
    console.log(text, "\n    X:", seen[0], "Bluesky:", seen[1]);
    if (JSON.stringify(seen) !== JSON.stringify([onX, onBluesky])) throw new Error("the behaviour has changed");
}
JS
timeout 60 node finding.mjs
