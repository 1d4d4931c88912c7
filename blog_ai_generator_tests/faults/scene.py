# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A server under load, and the verdict on what a fault did to its posts."""

import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import psutil
import psycopg2
import requests

from ..live import LiveServer, database
from ..live.client import Refused, wait_until
from .cluster import Cluster
from .verdict import WIDTH, Verdict

# Posts that are asked for.
POSTS = 16
# Seconds until the provider answers, and the time limit of a call. A lease ends 30 s
# after that.
SECONDS, TIME_LIMIT = 4, 10
LEASE = TIME_LIMIT + 30
# Seconds after the end of a lease in which everything must be written.
GRACE = 20
# Seconds in which the browser shows a person what came of a call that has ended.
SHOWN = 10
UNFINISHED = ("queued", "writing")
OUTLINE = "A walk with headings"
STATES = """
    SELECT g.id, g.state, count(p.id)
      FROM blog_ai_generation g LEFT JOIN blog_post p ON p.blog_ai_generation_id = g.id
     WHERE g.id = ANY(%s) GROUP BY g.id
"""
PENDING = """
    SELECT count(*) FROM blog_ai_call
     WHERE outcome = 'pending' AND generation_id = ANY(%s)
"""
# Lets each scheduled action of ours that may take posts run on any node.
TRIGGER = """
    INSERT INTO ir_cron_trigger (cron_id, call_at)
    SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data
     WHERE module = 'blog_ai_generator' AND model = 'ir.cron'
       AND name IN ('cron_pump', 'cron_pump_relay', 'cron_watch')
"""
SET_TIME_LIMIT = "UPDATE blog_ai_provider SET time_limit = %s"
PREPARE = f"""
provider = env["blog.ai.provider"].search([("name", "=", "Fake LLM")])
provider.write({{"time_limit": {TIME_LIMIT}}})
env.user.company_id.blog_ai_provider_id = provider
"""


class Batch(NamedTuple):
    ids: list[int]
    topics: list[str]


class Scene:
    """A server with a fake LLM server, and posts that are asked for by a person."""

    def __init__(self, server: LiveServer, cluster: Cluster):
        self.server, self.cluster = server, cluster
        self._client = server.admin()
        ((self.blog_id,),) = server.sql("SELECT min(id) FROM blog_blog")
        self._asked = 0

    def ask(
        self,
        count: int = POSTS,
        model: str = f"latency-{SECONDS}",
        blog_id: int | None = None,
    ) -> Batch:
        """Press “Write a post” so many times."""
        self.server.llm.reset()
        topics = [f"Walk number {self._asked + nth}" for nth in range(count)]
        self._asked += count
        blog_id = blog_id or self.blog_id
        ids = [self._click(topic, model, blog_id) for topic in topics]
        return Batch(ids, topics)

    def _click(self, topic: str, model: str, blog_id: int) -> int:
        """Fill in and press “Write”, again after an error, as people do.

        The key names the window: a request that is repeated asks for no second post.
        """
        values = {"topic": topic, "blog_id": blog_id, "model": model}
        values |= {"warned": True, "key": secrets.token_hex()}

        def click() -> int:
            with suppress(Refused, requests.RequestException):
                call = self._client.call
                return call("blog.ai.write", "action_write_values", values)["res_id"]
            return 0

        return wait_until(click, timeout=30.0, pause=0.5)

    def ask_outline(self) -> int:
        """Press “Show the outline”, and return the call once it is made."""
        brief = {"topic": OUTLINE, "blog_id": self.blog_id}
        call, model = self._client.call, f"latency-{SECONDS}"
        wizard = call("blog.ai.write", "create", {**brief, "model": model})
        asked = call("blog.ai.write", "action_outline", [wizard])["params"]["id"]
        wait_until(lambda: self._state_of(asked) == "asking", pause=0.2)
        return asked

    def _state_of(self, asked: int) -> str:
        return self._client.call("blog.ai.ask", "look", [asked])["state"]

    def with_outline(self, verdict: Verdict, asked: int) -> Verdict:
        """Count the call for an outline as if it were one for a post."""
        lost = 0
        try:
            wait_until(lambda: self._state_of(asked) == "done", SHOWN, pause=0.5)
        except TimeoutError:
            lost = 1
        paid_twice = max(self.calls()[OUTLINE] - 1, 0)
        return verdict._replace(
            lost=verdict.lost + lost, paid_twice=verdict.paid_twice + paid_twice
        )

    def wait_in_flight(self, calls: int = WIDTH) -> None:
        llm, end = self.server.llm, time.monotonic() + 90.0
        while time.monotonic() < end:
            with suppress(TimeoutError):
                llm.wait_until(lambda: llm.in_flight >= calls, timeout=2.0)
                return
            # After the last round, a worker may not listen yet.
            self.nudge()
        raise TimeoutError(f"{llm.in_flight} of {calls} calls are in flight.")

    def nudge(self) -> None:
        """Start our scheduled actions that may take posts, on any node."""
        self.server.sql(TRIGGER)
        database.run(f"NOTIFY cron_trigger, '{self.server.database}'")

    @contextmanager
    def time_limit(self, seconds: int) -> Iterator[None]:
        """Let calls take longer than in other rounds."""
        self.server.sql(SET_TIME_LIMIT, seconds)
        try:
            yield
        finally:
            self.server.sql(SET_TIME_LIMIT, TIME_LIMIT)

    def connections(self, process: psutil.Process) -> int:
        """Return how many connections to the provider a process has."""
        port = int(self.server.llm.root.rpartition(":")[2])
        found = process.net_connections("tcp")
        return sum(bool(it.raddr) and it.raddr.port == port for it in found)

    def calls(self) -> Counter:
        return Counter(call.topic for call in self.server.llm.requests if call.topic)

    def paid_twice(self, batch: Batch) -> int:
        calls = self.calls()
        return sum(max(calls[topic] - 1, 0) for topic in batch.topics)

    def verdict(self, batch: Batch, since: float, timeout: float) -> Verdict:
        """Wait until all posts are written, and return what became of them.

        :param since: when the fault happened, on the clock of ``time.monotonic``
        """
        with suppress(TimeoutError):
            wait_until(lambda: self._is_settled(batch.ids), timeout, pause=0.2)
        settled = time.monotonic() - since
        rows = {row[0]: row[1:] for row in self.server.sql(STATES, batch.ids)}
        ((pending,),) = self.server.sql(PENDING, batch.ids)
        stuck = [state for state, _posts in rows.values() if state in UNFINISHED]
        written = [posts for state, posts in rows.values() if state == "done"]
        return Verdict(
            lost=len(batch.ids) - len(stuck) - sum(posts > 0 for posts in written),
            doubled=sum(max(posts - 1, 0) for posts in written),
            stuck=len(stuck) or pending,
            paid_twice=self.paid_twice(batch),
            settled=settled,
        )

    def _is_settled(self, ids: list[int]) -> bool:
        self.server.revive()
        with suppress(psycopg2.OperationalError):
            rows = self.server.sql(STATES, ids)
            return not any(state in UNFINISHED for _id, state, _posts in rows)
        return False
