"""The Odoo of a preview, as a visitor sees it."""

from contextlib import suppress

import requests

TIMEOUT = 30  # seconds; the first visit loads Odoo
STRANGE = (requests.RequestException, ValueError, KeyError, TypeError)


def healthy(link: str) -> str | None:
    """Return the final address of the Odoo behind `link`, once it answers.

    Runboat writes every link with http; its ingress may redirect to https.
    """
    with suppress(*STRANGE):
        answer = requests.get(f"{link}/web/health", timeout=TIMEOUT)
        if answer.ok and answer.json()["status"] == "pass":
            return answer.url.removesuffix("/web/health")
    return None


def databases(base: str) -> list[str] | None:
    """Return the databases that this Odoo serves; None if it does not list them."""
    body = {"jsonrpc": "2.0", "method": "call", "params": {}}
    try:
        url = f"{base}/web/database/list"
        return list(requests.post(url, json=body, timeout=TIMEOUT).json()["result"])
    except STRANGE:
        return None
