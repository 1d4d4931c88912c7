"""Input of `odoo shell`: write published posts with one pump, and tell how fast.

The socket `TALK` says how many posts, alone or together, a line of JSON each. It works
with this build and with the one that it is compared with. The offline provider answers
at once; each post has one recipient, whose email is queued.
"""

import itertools
import json
import os
import socket
import time

from odoo import SUPERUSER_ID, api

from odoo.addons.blog_ai_generator.pump import Limits, Pump

WIDTH = int(os.environ["WIDTH"])
registry = env.registry  # noqa: F821


def committed(function):
    with registry.cursor() as cr:
        return function(api.Environment(cr, SUPERUSER_ID, {}))


def furnish(env):
    values = {"name": "Pump speed", "preset": "offline"}
    if "calls_at_once" in env["blog.ai.provider"]._fields:
        values["calls_at_once"] = 100
    blog = {"name": "Pump speed"}
    if "blog_ai_cover" in env["blog.blog"]._fields:
        # The earlier build draws no covers: the same work is compared.
        blog["blog_ai_cover"] = "none"
    person = {"name": "Recipient", "email": "recipient@example.com"}
    return {
        "blog_id": env["blog.blog"].create(blog).id,
        "provider_id": env["blog.ai.provider"].create(values).id,
        "recipient_ids": [(6, 0, env["res.partner"].create(person).ids)],
        "publish": True,
    }


def together(posts):
    """Return the seconds of `posts`, and those that this process computed."""
    topics = [f"Meadow {next(numbers)}" for _post in range(posts)]
    ids = committed(
        lambda env: env["blog.ai.generation"]
        .create([{**shared, "topic": topic} for topic in topics])
        .ids
    )
    pump = Pump(registry, Limits(width=WIDTH), linger=0.0)
    begun, computed = time.perf_counter(), time.process_time()
    pump.run()
    taken = time.perf_counter() - begun, time.process_time() - computed
    states = committed(
        lambda env: set(env["blog.ai.generation"].browse(ids).mapped("state"))
    )
    if states != {"done"}:
        raise SystemExit(f"Not written: {states}")
    return dict(zip(("seconds", "computed"), taken, strict=True))


def alone(_posts):
    """Return the seconds of one post, from the click on “Write”."""
    topic = f"Orchard {next(numbers)}"
    values = {**shared, "publish": "now", "topic": topic, "warned": True}
    begun = time.perf_counter()
    committed(lambda env: env["blog.ai.write"].action_write_values(values))
    Pump(registry, Limits(width=WIDTH), linger=0.0).run()
    return {"seconds": time.perf_counter() - begun}


numbers = itertools.count()
shared = committed(furnish)
with socket.socket(fileno=int(os.environ["TALK"])) as own, own.makefile("rw") as talk:
    for line in talk:
        way, posts = json.loads(line)
        found = {"alone": alone, "together": together}[way](posts)
        talk.write(json.dumps(found) + "\n")
        talk.flush()
