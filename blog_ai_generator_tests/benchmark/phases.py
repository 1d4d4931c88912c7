# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The measurements on a real server, one function each; they return raw samples."""

import json
import time

from ..llm_server.answer import count_tokens
from .bystanders import open_form
from .figures import columns
from .plan import BATCH, PROVIDER, SECONDS_EACH, Plan
from .site import Asked, Site

# Errors that Odoo logs when it repeats a request after a conflict, and warnings of its
# own libraries about each other.
EXPECTED = ("could not serialize access", "DeprecationWarning")

SLOTS = """
blogs = env["blog.blog"].create([{"name": f"Slot {name}"} for name in names])
provider = env["blog.ai.provider"].search([("name", "=", "Fake LLM")])
env["blog.ai.topic"].create(
    [{"name": f"Topic of {blog.name}", "blog_id": blog.id} for blog in blogs]
)
slots = env["blog.ai.slot"].create(
    [
        {
            "name": blog.name,
            "blog_id": blog.id,
            "provider_id": provider.id,
            "model": "latency-2",
            "publish": True,
            "tz": "UTC",
        }
        for blog in blogs
    ]
)
slots.day_ids.unlink()
day = slots[:1]._local_now().date()
env["blog.ai.slot.day"].create(
    [{**slot._prepare_day(day), "planned_at": slot.create_date} for slot in slots]
)
env.ref("blog_ai_generator.cron_slots")._trigger()
print(json.dumps(slots.ids))
"""


def warm_up(site: Site, plan: Plan) -> None:
    """Let every worker and cache do its first round before anything is measured."""
    asked = site.ask_steadily(plan.warm_up, 10, publish="now")
    site.bus.wait_for([post.generation_id for post in asked])
    with site.person() as client:
        for _round in range(plan.warm_up):
            open_form(client, site.garden_id)
            client.get(f"/blog/{site.garden_id}")


def latency(site: Site, plan: Plan) -> dict:
    """Let people request posts that are published at once, with one recipient each.

    :return: seconds from the click until an open window learns of the end (``total``),
        until the click is answered, until the provider is called; the provider's own
        seconds; seconds from the publication until the email is at the mail server.
        Tokens of prompt, body and whole answer.
    """
    asked = site.ask_steadily(
        plan.posts, plan.per_second, publish="now", model=PROVIDER
    )
    ended = site.bus.wait_for([post.generation_id for post in asked])
    calls = site.calls([post.topic for post in asked])
    sent = mailed(site, asked)
    rows = []
    for post in asked:
        (call,) = calls[post.topic]
        end = ended[post.generation_id]
        rows.append(
            {
                "total": end - post.clicked,
                "answer": post.answered - post.clicked,
                "before": call.time - post.clicked,
                "provider": call.seconds,
                "mail": sent[post.generation_id] - end,
            }
        )
    return {**columns(rows), "tokens": columns(tokens(site, asked, calls))}


def mailed(site: Site, asked: list[Asked]) -> dict[int, float]:
    """Return the time at which the one email about each generation's post arrived.

    :raise ValueError: there is another number of posts or emails
    """
    ids = [post.generation_id for post in asked]
    posts = site.posts(ids)
    site.server.mail.wait_until(
        lambda: set(sum(posts.values(), [])) <= site.mails().keys()
    )
    mails = site.mails()
    found = {}
    for generation in ids:
        (post,) = posts[generation]
        (found[generation],) = mails[post]
    return found


def tokens(site: Site, asked: list[Asked], calls: dict) -> list[dict]:
    """Count tokens as the fake LLM server does, 1.33 a word."""
    usage = site.server.sql(
        "SELECT topic, tokens_in, tokens_out FROM blog_ai_generation "
        "WHERE id = ANY(%s)",
        [post.generation_id for post in asked],
    )
    return [
        {
            "prompt": tokens_in,
            "answer": tokens_out,
            "body": count_tokens(calls[topic][0].article["body"]),
        }
        for topic, tokens_in, tokens_out in usage
    ]


def publication(site: Site, plan: Plan) -> dict:
    """Let people publish drafts one after the other.

    :return: seconds from the click until the email is in the outbox, which is when the
        click is answered, and until it is at the mail server
    """
    asked = site.ask_steadily(max(5, plan.posts // 10), 10, publish="draft")
    site.bus.wait_for([post.generation_id for post in asked])
    clicked, outbox = {}, []
    for generation, (post,) in site.posts([it.generation_id for it in asked]).items():
        with site.person() as client:
            clicked[generation] = time.time()
            client.call("blog.post", "write", [post], {"is_published": True})
            outbox.append(time.time() - clicked[generation])
        told = "SELECT notified_at FROM blog_ai_generation WHERE id = %s"
        if site.server.sql(told, generation) == [(None,)]:
            raise ValueError(f"Publishing generation {generation} queued no email.")
    sent = mailed(site, asked)
    return {
        "outbox": outbox,
        "mail": [sent[number] - since for number, since in clicked.items()],
    }


def throughput(site: Site, plan: Plan) -> list[dict]:
    """Queue 100 posts of 2 s at once, several times.

    :return: for each time the ``calls`` and ``ends`` in seconds since they were queued,
        and the ``most`` calls at once
    """
    return [batch(site) for _batch in range(plan.batches)]


def batch(site: Site, count: int = BATCH) -> dict:
    site.server.llm.reset()
    queued = site.queue(count, f"latency-{SECONDS_EACH:g}")
    ended = site.bus.wait_for(queued["ids"])
    posts = site.posts(queued["ids"])
    calls = site.requested()
    if len(calls) != count or sum(map(len, posts.values())) != count:
        raise ValueError(
            f"{count} posts took {len(calls)} calls and made {len(posts)} posts."
        )
    return {
        "calls": sorted(call.time - queued["queued"] for call in calls),
        "ends": sorted(end - queued["queued"] for end in ended.values()),
        "most": site.server.llm.max_in_flight,
    }


def slots(site: Site, _plan: Plan) -> list[dict]:
    """Let 5, then 10 slots of different blogs be due at the same moment."""
    return [run_slots(site, count) for count in (5, 10)]


def run_slots(site: Site, count: int) -> dict:
    site.server.llm.reset()
    names = [f"{count}.{nth}" for nth in range(count)]
    slot_ids = json.loads(site.server.shell(SLOTS, names=names).splitlines()[-1])
    unwritten = (
        "SELECT count(*) FROM blog_ai_slot_day WHERE slot_id = ANY(%s) "
        "AND planned_at < now() AT TIME ZONE 'UTC' AND state IN ('planned', 'writing')"
    )
    site.server.wait_until(lambda: site.server.sql(unwritten, slot_ids) == [(0,)])
    posts = site.server.sql(
        "SELECT count(*) FROM blog_post JOIN blog_ai_generation g "
        "ON g.id = blog_ai_generation_id WHERE g.slot_id = ANY(%s)",
        slot_ids,
    )[0][0]
    llm = site.server.llm
    return {
        "slots": count,
        "posts": posts,
        "calls": len(llm.requests),
        "most": llm.max_in_flight,
    }


def leftovers(site: Site) -> dict[str, list[str]]:
    """Return leases, open calls and log records that must not remain."""
    look_for = {
        "leases": "SELECT topic FROM blog_ai_generation WHERE state = 'writing'",
        "open calls": "SELECT model FROM blog_ai_call WHERE outcome = 'pending'",
        "mails not sent": "SELECT failure_reason FROM mail_mail "
        "WHERE state IN ('exception', 'cancel')",
        "idle transactions": "SELECT query FROM pg_stat_activity "
        "WHERE datname = current_database() AND state LIKE 'idle in transaction%' "
        "AND xact_start < now() - interval '5 seconds'",
    }
    found = {
        what: [text for (text,) in site.server.sql(query)]
        for what, query in look_for.items()
    }
    warnings = [
        record
        for record in site.server.troubles()
        if not any(text in record for text in EXPECTED)
    ]
    return {**found, "warnings": warnings}
