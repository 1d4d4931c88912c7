#!/usr/bin/env bash
# Expected: generateObject() of the AI SDK sends the schema to an OpenAI-compatible server, or writes it into the prompt.
# Seen: it does neither. The request asks for any JSON object, and the model never learns the names of the fields.
# A warning is logged. The setting supportsStructuredOutputs: true makes the SDK send the schema.
# Why it matters: with Ollama, vLLM or a gateway, an answer with other names is paid for and thrown away,
# which looks like a weak model rather than a missing schema.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" ai@6.0.326 @ai-sdk/openai-compatible@2.0.92
cat > finding.mjs <<'JS'
import { readFileSync } from "node:fs";
import http from "node:http";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateObject, jsonSchema } from "ai";

globalThis.AI_SDK_LOG_WARNINGS = false;
for (const name of ["ai", "@ai-sdk/openai-compatible"]) {
    console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version);
}
const message = { role: "assistant", content: '{"headline": "Bread"}' };
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const answer = { id: "1", object: "chat.completion", created: 1, model: "m", choices: [{ index: 0, message, finish_reason: "stop" }], usage };
const bodies = [];
const server = http.createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    bodies.push(text);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const schema = jsonSchema({
    type: "object",
    properties: { headline: { type: "string" } },
    required: ["headline"],
    additionalProperties: false,
});
async function ask(settings) {
    const baseURL = `http://127.0.0.1:${server.address().port}/v1`;
    const provider = createOpenAICompatible({ name: "local", baseURL, apiKey: "none", ...settings });
    await generateObject({ model: provider("m"), schema, prompt: "Write a title." });
    console.log("Sent:", bodies.at(-1));
    return bodies.at(-1).includes("headline");
}
console.log("Expected: the field 'headline' is somewhere in each request.");
const seen = [await ask({}), await ask({ supportsStructuredOutputs: true })];
server.close();
server.closeAllConnections();
if (JSON.stringify(seen) !== "[false,true]") throw new Error("the behaviour has changed");
JS
timeout 60 node finding.mjs
