"""Input of `odoo shell`: print how fast one pump writes published posts, as JSON.

It works with this build and with the one that it is compared with. The offline provider
answers at once; each post has one recipient, whose email is queued.
"""

import json
import os
import time
from statistics import median

from odoo import SUPERUSER_ID, api

from odoo.addons.blog_ai_generator.pump import Limits, Pump

POSTS, WIDTH = int(os.environ["POSTS"]), int(os.environ["WIDTH"])
ALONE = int(os.environ["ALONE"])
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


def write_alone(number):
    """Return the seconds of one post, from the click on “Write”."""
    values = {**shared, "publish": "now", "topic": f"Orchard {number}", "warned": True}
    begun = time.perf_counter()
    committed(lambda env: env["blog.ai.write"].action_write_values(values))
    Pump(registry, Limits(width=WIDTH), linger=0.0).run()
    return time.perf_counter() - begun


shared = committed(furnish)
write("Warm-up", 2 * WIDTH)
alone = median([write_alone(number) for number in range(ALONE)])
seconds, computed = write("Meadow", POSTS)
print(json.dumps({"alone": alone, "seconds": seconds, "computed": computed}))
