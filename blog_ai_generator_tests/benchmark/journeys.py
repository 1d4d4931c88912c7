# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run whole journeys by HTTP, again and again, to find how often one fails."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from ..live import Client
from ..live.client import wait_until
from .plan import Plan
from .site import Site

AT_ONCE = 4  # journeys side by side


class Expected(NamedTuple):
    """The expected end of a journey.

    :param generation: its id
    :param state: of the generation
    :param outcomes: of its calls, the oldest first
    :param posts: number of its posts
    :param mails: emails that each of its posts sent
    """

    generation: int
    state: str = "done"
    outcomes: tuple[str, ...] = ("ok",)
    posts: int = 1
    mails: int = 1


def publish_at_once(site: Site, client: Client, topic: str) -> Expected:
    post = site.ask(client, topic, publish="now")
    site.bus.wait_for([post.generation_id])
    return Expected(post.generation_id)


def publish_a_draft(site: Site, client: Client, topic: str) -> Expected:
    generation = site.ask(client, topic, publish="draft").generation_id
    site.bus.wait_for([generation])
    for post in site.posts([generation])[generation]:
        client.call("blog.post", "write", [post], {"is_published": True})
    return Expected(generation)


def click_twice(site: Site, client: Client, topic: str) -> Expected:
    wizard = site.fill_in(client, topic, publish="now")
    with ThreadPoolExecutor(2) as hands:
        first, second = hands.map(lambda _hand: site.click(client, wizard), range(2))
    if first != second:
        raise AssertionError(f"Two clicks made two generations: {first}, {second}")
    site.bus.wait_for([first])
    return Expected(first)


def wait_out_a_rate_limit(site: Site, client: Client, topic: str) -> Expected:
    asked = site.ask(client, topic, publish="now", model="rate-limit-once-1")
    site.bus.wait_for([asked.generation_id])
    return Expected(asked.generation_id, outcomes=("rate_limit", "ok"))


def cancel_in_time(site: Site, client: Client, topic: str) -> Expected:
    generation = site.ask(client, topic, publish="now", model="latency-2").generation_id
    client.call("blog.ai.generation", "action_cancel", [generation])
    site.bus.wait_for([generation])
    calls = site.server.sql(
        "SELECT count(*) FROM blog_ai_call WHERE generation_id = %s", generation
    )
    # Cancelled before or after the pump claimed it; a call in flight is cut.
    outcomes = ("cancelled",) * calls[0][0]
    return Expected(generation, "cancelled", outcomes, posts=0)


JOURNEYS = (
    publish_at_once,
    publish_a_draft,
    click_twice,
    wait_out_a_rate_limit,
    cancel_in_time,
)


def journeys(site: Site, plan: Plan) -> list[dict]:
    """Run the journeys in turn, several at once.

    :return: for each its ``name``, and its ``problem`` or None
    """
    names = itertools.islice(itertools.cycle(JOURNEYS), plan.journeys)
    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(
            people.map(
                lambda journey, topic: run(site, journey, topic),
                names,
                site.topics(plan.journeys),
            )
        )


def run(site: Site, journey: Callable, topic: str) -> dict:
    problem = None
    try:
        with site.person() as client:
            check(site, journey(site, client, topic))
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    return {"name": journey.__name__, "problem": problem}


def check(site: Site, expected: Expected) -> None:
    """Compare a journey's end with what is expected.

    :raise AssertionError: something is missing or superfluous
    """
    ((state,),) = site.server.sql(
        "SELECT state FROM blog_ai_generation WHERE id = %s", expected.generation
    )
    same("state", state, expected.state)
    wait_until(lambda: outcomes(site, expected.generation) == expected.outcomes, 30)
    posts = site.posts([expected.generation]).get(expected.generation, [])
    same("posts", len(posts), expected.posts)
    for post in posts:
        site.server.mail.wait_until(lambda post=post: site.mails().get(post), 30)
        same("mails", len(site.mails()[post]), expected.mails)


def outcomes(site: Site, generation: int) -> tuple[str, ...]:
    rows = site.server.sql(
        "SELECT outcome FROM blog_ai_call WHERE generation_id = %s ORDER BY id",
        generation,
    )
    return tuple(outcome for (outcome,) in rows)


def same(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise AssertionError(f"{what}: {found}, not {expected}")
