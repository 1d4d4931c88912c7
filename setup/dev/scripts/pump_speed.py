"""Input of `odoo shell`: print how fast one pump writes published posts, as JSON.

It works with this build and with the one that it is compared with. The offline provider
answers at once; each post has one recipient, whose email is queued.
"""

import json
import os
import time

from odoo import SUPERUSER_ID, api

from odoo.addons.blog_ai_generator.pump import Limits, Pump

POSTS, WIDTH = int(os.environ["POSTS"]), int(os.environ["WIDTH"])
registry = env.registry  # noqa: F821


def committed(function):
    with registry.cursor() as cr:
        return function(api.Environment(cr, SUPERUSER_ID, {}))


def furnish(env):
    values = {"name": "Pump speed", "preset": "offline"}
    if "calls_at_once" in env["blog.ai.provider"]._fields:
        values["calls_at_once"] = POSTS
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


def write(name, posts):
    """Return the seconds of `posts`, and those that this process computed."""
    ids = committed(
        lambda env: env["blog.ai.generation"]
        .create([{**shared, "topic": f"{name} {number}"} for number in range(posts)])
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
    return taken


shared = committed(furnish)
write("Warm-up", 2 * WIDTH)
seconds, computed = write("Meadow", POSTS)
print(json.dumps({"seconds": seconds, "computed": computed}))
