# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure inside one Odoo process, without a server around it."""

import os
import time
from contextlib import contextmanager

import psutil

from odoo.tools import SQL

from .. import fixtures
from ..llm_server import LLMServer
from ..llm_server.answer import count_tokens
from . import report, results
from .figures import columns
from .memory import MB
from .queries import measure

NAME = "Benchmark"
# Figures that depend neither on HTTP nor on many posts at once.
KEYS = ("share", "tokens", "memory", "queries")


def run(env, posts: int = 20) -> None:
    """Write drafts with the fake LLM server, and print what a post costs here.

    Commits, and deletes what it created; nobody may use the database meanwhile.

    :param env: of a superuser, as in ``odoo shell``
    """
    with LLMServer() as llm, workplace(env, llm.url) as values:
        write(env, llm, values, "Warm-up in the garden")
        raw = {
            "latency": drafts(env, llm, values, posts),
            "memory": [{"rss": [psutil.Process(os.getpid()).memory_info().rss / MB]}],
            "queries": measure(env),
        }
    found = results.values(raw)
    kept = {key: found[key] for key in found if key.startswith(KEYS)}
    for row in results.rows(kept):
        print(report.line(row))  # pylint: disable=print-used


def drafts(env, llm: LLMServer, values: dict, count: int) -> dict:
    rows, tokens = [], []
    for nth in range(count):
        total, call, generation = write(env, llm, values, f"Walk {nth} in the garden")
        rows.append({"total": total, "provider": call.seconds})
        tokens.append(
            {
                "prompt": generation.tokens_in,
                "answer": generation.tokens_out,
                "body": count_tokens(call.article["body"]),
            }
        )
    return {**columns(rows), "tokens": columns(tokens)}


def write(env, llm: LLMServer, values: dict, topic: str) -> tuple:
    """Return the seconds in all, the provider's call, and the generation."""
    begun = time.monotonic()
    generation = env["blog.ai.generation"].write_post(topic, **values)
    taken = time.monotonic() - begun
    if generation.state != "done":
        raise RuntimeError(generation.error)
    return taken, llm.requests[-1], generation


@contextmanager
def workplace(env, url: str):
    """Create a blog and a provider for ``write_post``; delete them and their posts."""
    quiet = env["blog.blog"].with_context(mail_create_nosubscribe=True)
    blog = quiet.create({"name": NAME})
    provider = fixtures.provider(env, NAME, url, fixtures.GOOD_KEY)
    try:
        yield {"blog": blog, "provider_id": provider.id}
    finally:
        env.cr.rollback()
        env["blog.post"].search([("blog_id", "=", blog.id)]).unlink()
        for table in ("blog_ai_call", "blog_ai_generation"):
            delete = SQL(
                "DELETE FROM %s WHERE provider_id = %s",
                SQL.identifier(table),
                provider.id,
            )
            env.cr.execute(delete)
        env.invalidate_all()
        provider.unlink()
        blog.unlink()
        env.cr.commit()  # pylint: disable=invalid-commit
