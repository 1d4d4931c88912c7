"""Write one post about TOPIC on the site of `run`: make post TOPIC="…"."""

import os

from .. import site, workspace
from ..steps import Missing, say, step


def run() -> int:
    topic = os.environ.get("TOPIC", "").strip()
    if not topic:
        raise Missing('Say what to write about: make post TOPIC="Bicycles in winter"')
    with workspace.opened(tests=False) as (odoo, server):
        url = site.served_at()
        site.ensure_database(odoo, server, update=not url)
        with step("Writing"):
            post = site.write(server, topic)
    say(
        f"\n{post['title']}\n{url or site.URL}{post['path']}\n"
        f"{post['tokens_in']} tokens in, {post['tokens_out']} tokens out, "
        f"{post['milliseconds']} ms" + ("" if url else "\nTo see it, type: make run")
    )
    return 0
