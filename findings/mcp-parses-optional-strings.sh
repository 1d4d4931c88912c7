#!/usr/bin/env bash
# Expected: a tool of an MCP server gets a string as the client sent it, whether the argument is "str" or "str | None".
# Seen: the Python SDK of MCP reads a string as JSON unless the argument is exactly "str". For "str | None" the word null
# arrives as None, and the text {"a": 1} or [1, 2] is refused as no string. For "str" and for numbers nothing changes.
# Why it matters: a default of None, the usual way to make an argument optional, changes what its texts mean.
# Notes that consist of a JSON example, or a topic "null", fail or vanish. Give an optional text the default "".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check mcp==2.3.0
timeout 60 venv/bin/python - <<'PY'
import asyncio
import importlib.metadata
import logging

from mcp import Client
from mcp.server import MCPServer

logging.disable()
server = MCPServer("blog")


@server.tool()
def required(notes: str) -> str:
    return repr(notes)


@server.tool()
def optional(notes: str | None = None) -> str:
    return repr(notes)


TEXTS = ["Bees", "2026", "null", '{"a": 1}', "[1, 2]"]
EXPECTED = {
    "required": [repr(text) for text in TEXTS],
    "optional": ["'Bees'", "'2026'", "None", "refused", "refused"],
}


async def seen(client: Client, tool: str) -> list[str]:
    results = [await client.call_tool(tool, {"notes": text}) for text in TEXTS]
    return ["refused" if result.is_error else result.content[0].text for result in results]


async def main():
    print("mcp", importlib.metadata.version("mcp"))
    print("Expected: each of", TEXTS, "as it is, from both tools.")
    async with Client(server) as client:
        for tool, expected in EXPECTED.items():
            results = await seen(client, tool)
            print(f"    {tool}: {results}")
            assert results == expected, "the behaviour has changed"


asyncio.run(main())
PY
