#!/usr/bin/env bash
# Expected: a gateway that speaks OpenAI's format keeps its rule that prompt and completion tokens make up the total,
# and that cached and reasoning tokens are a part of them.
# Seen: Portkey's gateway copies the figures of Anthropic and Gemini under OpenAI's names.
# Cached tokens lie outside prompt_tokens, and Gemini's reasoning lies outside completion_tokens; the total has both.
# Why it matters: a log that computes cost from prompt and completion tokens misses most of the bill.
# One that subtracts cached tokens from prompt_tokens gets a negative number.
set -euo pipefail
work=$(mktemp -d)
gateway=
stop() {
    [ -z "$gateway" ] || kill "$gateway" 2> /dev/null || true
    rm -rf "$work"
}
trap stop EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @portkey-ai/gateway@1.15.2
# The gateway has an option for its port but none for its address.
cat > loopback.cjs <<'JS'
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
    return listen.call(this, port, "127.0.0.1", ...rest.filter((value) => typeof value === "function"));
};
JS
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
timeout 90 node --require "$work/loopback.cjs" node_modules/@portkey-ai/gateway/build/start-server.js \
    --headless --port="$port" > "$work/log" 2>&1 &
gateway=$!
cat > finding.mjs <<'JS'
import { readFileSync } from "node:fs";
import http from "node:http";

const gateway = `http://127.0.0.1:${process.argv[2]}`;
console.log("@portkey-ai/gateway", JSON.parse(readFileSync("node_modules/@portkey-ai/gateway/package.json")).version);
console.log("Expected: prompt + completion = total, cached ≤ prompt, reasoning ≤ completion.");
const ANTHROPIC = {
    id: "1", type: "message", role: "assistant", model: "m", stop_reason: "end_turn",
    content: [{ type: "text", text: "Hello." }],
    usage: { input_tokens: 10, cache_read_input_tokens: 1000, cache_creation_input_tokens: 200, output_tokens: 5 },
};
const GEMINI = {
    candidates: [{ content: { role: "model", parts: [{ text: "Hello." }] }, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 7, thoughtsTokenCount: 50, totalTokenCount: 62 },
};
async function usage(provider, reply) {
    const server = http.createServer((request, response) => {
        request.resume();
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(reply));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const response = await fetch(`${gateway}/v1/chat/completions`, {
        method: "POST",
        headers: {
            "content-type": "application/json",
            authorization: "Bearer none",
            "x-portkey-provider": provider,
            "x-portkey-custom-host": `http://127.0.0.1:${server.address().port}`,
        },
        body: JSON.stringify({ model: "m", max_tokens: 100, messages: [{ role: "user", content: "Hi" }] }),
    });
    const seen = (await response.json()).usage;
    server.close();
    server.closeAllConnections();
    console.log(`${provider} sent:`, JSON.stringify(reply.usage ?? reply.usageMetadata));
    console.log(`    seen: ${JSON.stringify(seen)}`);
    return seen;
}
for (let attempt = 0; attempt < 100; attempt++) {
    if (await fetch(gateway).then(() => true, () => false)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
}
const claude = await usage("anthropic", ANTHROPIC);
const gemini = await usage("google", GEMINI);
const changed =
    claude.prompt_tokens !== 10 || claude.prompt_tokens_details.cached_tokens !== 1000 || claude.total_tokens !== 1215 ||
    gemini.completion_tokens !== 7 || gemini.completion_tokens_details.reasoning_tokens !== 50 || gemini.total_tokens !== 62;
if (changed) throw new Error("the behaviour has changed");
JS
timeout 60 node finding.mjs "$port"
