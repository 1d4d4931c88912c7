#!/usr/bin/env bash
# Expected: the official libraries of X and Bluesky find the same hashtags in a text; brackets and commas end one.
# Seen: on Bluesky only a blank does. A hashtag in brackets or quotation marks is none there, "#AI,#Odoo" is one tag,
# and "#Odoo's" is a tag of its own. X ends a tag at the first sign instead: "#e-mail" is #e, "#R&D" is #R,
# and "#C#" is none.
# Why it matters: language models write hashtags inside sentences, in brackets and in lists with commas.
# Only letters and digits with a blank on both sides are the same tag on both networks.
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
    return (rich.facets ?? []).map((facet) => facet.features[0].tag);
}
// Text, the tags on X, the tags on Bluesky.
const CASES = [
    ["News on #AI and #Odoo.", ["AI", "Odoo"], ["AI", "Odoo"]],
    ["News (#AI)", ["AI"], []],
    ["Notre «#IA»", ["IA"], []],
    ["#AI,#Odoo", ["AI", "Odoo"], ["AI,#Odoo"]],
    ["#AI/#Odoo", ["AI", "Odoo"], ["AI/#Odoo"]],
    ["#Odoo's new release", ["Odoo"], ["Odoo's"]],
    ["#e-mail", ["e"], ["e-mail"]],
    ["#R&D", ["R"], ["R&D"]],
    ["#C#", [], ["C"]],
];
console.log("Expected: the same tags on both.");
for (const [text, onX, onBluesky] of CASES) {
    const seen = [twitter.extractHashtags(text), bluesky(text)];
    console.log(text, "-> X:", seen[0], "Bluesky:", seen[1]);
    if (JSON.stringify(seen) !== JSON.stringify([onX, onBluesky])) throw new Error("the behaviour has changed");
}
JS
timeout 60 node finding.mjs
