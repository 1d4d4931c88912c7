# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure how much the writing of posts slows down other users."""

import threading
from concurrent.futures import ThreadPoolExecutor

import requests

from .plan import WIDTH, Plan
from .site import Site


def bystanders(site: Site, plan: Plan) -> dict:
    """Let a colleague open the blog's form and a visitor read, again and again.

    :return: milliseconds of each, ``idle``, and ``busy`` while 32 posts are written
    """
    first = for_seconds(site, plan.idle_seconds)
    queued = site.queue(WIDTH * plan.waves, plan.wave)
    site.server.llm.wait_until(lambda: site.server.llm.in_flight >= WIDTH)
    over = threading.Event()

    def wait():
        try:
            site.bus.wait_for(queued["ids"])
        finally:
            over.set()

    with ThreadPoolExecutor(1) as waiter:
        waited = waiter.submit(wait)
        busy = both_at_work(site, over)
        waited.result()
    last = for_seconds(site, plan.idle_seconds)
    return {
        "busy": busy,
        "idle": {name: first[name] + last[name] for name in first},
    }


def for_seconds(
    site: Site, seconds: float, *forgiven: type[Exception]
) -> dict[str, list[float]]:
    over = threading.Event()
    timer = threading.Timer(seconds, over.set)
    timer.start()
    return both_at_work(site, over, *forgiven)


def both_at_work(
    site: Site, over: threading.Event, *forgiven: type[Exception]
) -> dict[str, list[float]]:
    """Return the milliseconds of a colleague's form and of a visitor's page.

    Both pause as people do, so that they alone leave the server mostly idle.

    :param forgiven: errors after which they continue; the time waited counts
    """
    with (
        site.person() as client,
        visitor() as http,
        ThreadPoolExecutor(2) as two,
    ):
        works = {
            "form": lambda: open_form(client, site.garden_id),
            "page": lambda: read_page(http, site),
        }
        taken = {
            name: two.submit(site.at_work, lambda: over.wait(0.1), work, *forgiven)
            for name, work in works.items()
        }
        return {name: future.result() for name, future in taken.items()}


def visitor() -> requests.Session:
    """Open a session without a login."""
    http = requests.Session()
    http.trust_env = False
    return http


def read_page(http: requests.Session, site: Site) -> None:
    http.get(f"{site.server.url}/blog/{site.garden_id}", timeout=60).raise_for_status()


def open_form(client, blog_id: int) -> None:
    """Send the web client's request for a blog's form."""
    views = {"views": [[False, "form"]], "options": {"toolbar": True}}
    client.call("blog.blog", "get_views", **views)
    specification = {"name": {}, "subtitle": {}, "blog_post_count": {}, "active": {}}
    client.call("blog.blog", "web_read", [blog_id], specification=specification)
