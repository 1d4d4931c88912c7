# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The load: people who request posts, and bystanders."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import requests

from ...live.client import Client
from ..bystanders import both_at_work, for_seconds, open_form, read_page, visitor
from ..plan import BATCH, SECONDS_EACH
from ..site import PEOPLE, Site
from .watch import Watch


class Load(NamedTuple):
    """The size of the load.

    :param posts: requested by ``people``, each of whom requests another one once
        answered
    :param seconds_each: duration of the provider's answer
    :param idle_seconds: time for bystanders alone, before the load
    :param warm_ups: rounds before anything is measured
    """

    posts: int
    seconds_each: float
    idle_seconds: float
    warm_ups: int
    people: int = PEOPLE

    @property
    def model(self) -> str:
        return f"latency-{self.seconds_each:g}"

    @property
    def topics(self) -> list[str]:
        """The same topics for every way, whatever the number of warm-up posts."""
        return [f"Path number {nth} in the wood" for nth in range(self.posts)]

    @property
    def patience(self) -> float:
        """Seconds in which one worker would write all posts, and a minute."""
        return 60 + self.posts * self.seconds_each


# Two workers that wait for the provider write one post of 2 s in a second.
FULL = Load(BATCH, SECONDS_EACH, 10, warm_ups=2)
QUICK = Load(16, 0.5, 3, warm_ups=1)
WAITED_IN_VAIN = requests.RequestException
# Clicks without success before giving up, and seconds between two of them.
MOST_CLICKS, PAUSE = 20, 0.5


def warm_up(site: Site, load: Load, workers: int) -> None:
    """Let every worker serve its first pages and write its first post.

    As many posts at once as there are workers, so that each gets one.

    :raise TimeoutError: the posts were not written
    """
    with Watch(site.server) as watch:
        for _round in range(load.warm_ups):
            show_pages(site, max(workers, load.people))
            wizards = fill_in(site, load, site.topics(max(workers, load.people)))
            click_all(site, load, wizards)
            if not watch.wait_for(list(wizards), 4 * load.patience):
                raise TimeoutError("The warm-up posts were not written.")


def show_pages(site: Site, times: int) -> None:
    """Request the bystanders' pages, each ``times`` at once."""
    with (
        site.person() as client,
        visitor() as http,
        ThreadPoolExecutor(times) as windows,
    ):
        list(windows.map(lambda _nth: open_form(client, site.garden_id), range(times)))
        list(windows.map(lambda _nth: read_page(http, site), range(times)))


def fill_in(site: Site, load: Load, topics: list[str]) -> dict[str, tuple[Client, int]]:
    """Fill in wizards, people in turn; return wizard and person by topic."""
    found = {}
    for topic in topics:
        with site.person() as client:
            values = {"model": load.model, "publish": "now", "recipient_ids": []}
            found[topic] = client, site.fill_in(client, topic, **values)
    return found


def click_all(
    site: Site, load: Load, wizards: dict[str, tuple[Client, int]]
) -> dict[str, dict]:
    """Return the UNIX times of each first click and its answer, and the errors."""
    with ThreadPoolExecutor(load.people) as people:
        clicks = people.map(lambda wizard: click(site, *wizard), wizards.values())
        return dict(zip(wizards, clicks, strict=True))


def click(site: Site, client: Client, wizard: int) -> dict:
    """Click, and click again when refused or after waiting too long.

    The wizard then opens what the first click has begun.

    :raise Refused: Odoo answered with an error
    """
    errors: list[str] = []
    clicked = time.time()
    while len(errors) < MOST_CLICKS:
        try:
            site.click(client, wizard)
            break
        except WAITED_IN_VAIN as error:
            errors.append(type(error).__name__)
            time.sleep(PAUSE)
    return {"clicked": clicked, "answered": time.time(), "errors": errors}


def run(site: Site, load: Load, watch: Watch) -> dict:
    """Let the posts be written, and watch everything meanwhile.

    :return: lists of seconds: ``begin`` (click until call), ``end`` (provider's answer
        until the post exists), ``answer`` (click until answered). ``seconds`` from the
        first click to the last post; ``done`` posts and provider ``calls``; errors of
        clicks; ``idle`` and ``busy`` milliseconds of bystanders; the notes of ``watch``
    """
    idle = for_seconds(site, load.idle_seconds, WAITED_IN_VAIN)
    site.server.llm.reset()
    wizards = fill_in(site, load, load.topics)
    watch.connections.clear()
    watch.memory.clear()
    over = threading.Event()
    with ThreadPoolExecutor(1) as bystanders:
        busy = bystanders.submit(both_at_work, site, over, WAITED_IN_VAIN)
        try:
            clicks = click_all(site, load, wizards)
            watch.wait_for(list(wizards), load.patience)
        finally:
            over.set()
    return {
        **samples(site, clicks, watch),
        "idle": idle,
        "busy": busy.result(),
        "connections": [held for held, _busy in watch.connections],
        "in_transaction": [busy for _held, busy in watch.connections],
        "memory": list(watch.memory),
        "memory_kind": watch.memory_kind,
    }


def samples(site: Site, clicks: dict[str, dict], watch: Watch) -> dict:
    calls = site.calls(list(clicks))
    done = {
        topic: ended
        for topic in clicks
        for ended, state in [watch.ended.get(topic, (0, ""))]
        if state == "done"
    }
    first = min(it["clicked"] for it in clicks.values())
    return {
        "seconds": max(done.values(), default=first) - first,
        "done": len(done),
        "calls": sum(map(len, calls.values())),
        "errors": [error for it in clicks.values() for error in it["errors"]],
        "answer": [it["answered"] - it["clicked"] for it in clicks.values()],
        "begin": [calls[topic][0].time - clicks[topic]["clicked"] for topic in done],
        "end": [since_answer(calls[topic], ended) for topic, ended in done.items()],
    }


def since_answer(calls: list, ended: float) -> float:
    """Return the seconds since the answer that became the post.

    A job that was started again may have called once more.
    """
    answers = [call.time + call.seconds for call in calls if call.seconds is not None]
    return ended - max(answer for answer in answers if answer <= ended)
