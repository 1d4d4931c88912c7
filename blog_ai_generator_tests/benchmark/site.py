# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The measured site: people who request posts, and the results."""

import json
import queue
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import NamedTuple

from ..fixtures import WRITERS
from ..live import Client, LiveServer
from ..live.bus_listener import BusListener

PEOPLE = 8
MESSAGE_ID = re.compile(r"-openerp-(\d+)-blog\.post@")

QUEUE = """
import time
blog = env["blog.blog"].search([("name", "=", "Load")])
provider = env["blog.ai.provider"].search([("name", "=", "Fake LLM")])
ids = env["blog.ai.generation"].create(
    [
        {
            "topic": topic,
            "blog_id": blog.id,
            "provider_id": provider.id,
            "model": model,
            "publish": True,
        }
        for topic in topics
    ]
).ids
print(json.dumps({"ids": ids, "queued": time.time()}))
"""


class Asked(NamedTuple):
    """A requested post; times are UNIX seconds."""

    topic: str
    generation_id: int
    clicked: float
    answered: float


class Site:
    """Shared by the measurements: a server, a bus listener, people, unused topics."""

    def __init__(self, server: LiveServer, bus: BusListener | None = None):
        self.server, self.bus = server, bus
        self._people: queue.SimpleQueue[Client] = queue.SimpleQueue()
        for number in range(PEOPLE):
            self._people.put(server.login(WRITERS[number % len(WRITERS)]))
        blog = "SELECT id FROM blog_blog WHERE name->>'en_US' = %s"
        ((self.blog_id,),) = server.sql(blog, "Load")
        ((self.garden_id,),) = server.sql(blog, "Garden Notes")
        ((self.reader_id,),) = server.sql(
            "SELECT partner_id FROM res_users WHERE login = %s", WRITERS[1]
        )
        self._topics = 0

    @contextmanager
    def person(self) -> Iterator[Client]:
        """Yield the session of a person who is not busy."""
        client = self._people.get()
        try:
            yield client
        finally:
            self._people.put(client)

    def topics(self, count: int) -> list[str]:
        begin, self._topics = self._topics, self._topics + count
        return [f"Walk number {begin + nth} in the garden" for nth in range(count)]

    def values(self, topic: str, **values) -> dict:
        return {
            "topic": topic,
            "blog_id": self.blog_id,
            "recipient_ids": [(6, 0, [self.reader_id])],
            **values,
        }

    def fill_in(self, client: Client, topic: str, **values) -> int:
        """Fill in “Write a post”, and return the id of the wizard."""
        return client.call("blog.ai.write", "create", self.values(topic, **values))

    def click(self, client: Client, wizard: int) -> int:
        """Press “Write”, and return the id of the generation that opens."""
        return client.call("blog.ai.write", "action_write", [wizard])["res_id"]

    def ask(self, client: Client, topic: str, **values) -> Asked:
        """Fill in and press “Write” in one request, as the web client does."""
        values, clicked = self.values(topic, **values), time.time()
        action = client.call("blog.ai.write", "action_write_values", values)
        return Asked(topic, action["res_id"], clicked, time.time())

    def ask_steadily(self, count: int, per_second: float, **values) -> list[Asked]:
        """Request posts at a steady pace, whether or not earlier ones are written."""
        begun = time.monotonic()

        def ask(nth: int, topic: str) -> Asked:
            time.sleep(max(0.0, begun + nth / per_second - time.monotonic()))
            with self.person() as client:
                return self.ask(client, topic, **values)

        with ThreadPoolExecutor(PEOPLE) as people:
            return list(people.map(ask, range(count), self.topics(count)))

    def queue(self, count: int, model: str) -> dict:
        """Queue posts all at once, as a script would.

        :return: their ``ids``, and the time just before the commit, ``queued``
        """
        topics = self.topics(count)
        printed = self.server.shell(QUEUE, topics=topics, model=model)
        return json.loads(printed.splitlines()[-1])

    def mails(self) -> dict[int, list[float]]:
        """Return the arrival times of the emails about each post, by its id."""
        found: dict[int, list[float]] = {}
        for mail in self.server.mail.mails:
            if about := MESSAGE_ID.search(mail.message["Message-Id"]):
                found.setdefault(int(about[1]), []).append(mail.time)
        return found

    def posts(self, generations: list[int]) -> dict[int, list[int]]:
        rows = self.server.sql(
            "SELECT blog_ai_generation_id, array_agg(id) FROM blog_post "
            "WHERE blog_ai_generation_id = ANY(%s) GROUP BY 1",
            generations,
        )
        return dict(rows)

    def requested(self) -> list:
        """Return the calls for posts; Odoo fetches the list of models by itself."""
        return [call for call in self.server.llm.requests if call.topic]

    def calls(self, topics: list[str]) -> dict[str, list]:
        """Return the calls that the provider received for each topic."""
        wanted = set(topics)
        found: dict[str, list] = {}
        for call in self.server.llm.requests:
            if call.topic in wanted:
                found.setdefault(call.topic, []).append(call)
        return found

    def at_work(
        self, until: Callable[[], bool], work: Callable, *forgiven: type[Exception]
    ) -> list[float]:
        """Repeat ``work()`` until a condition holds; return milliseconds of each."""
        taken = []
        while not until():
            begun = time.perf_counter()
            with suppress(*forgiven):
                work()
            taken.append((time.perf_counter() - begun) * 1000)
        return taken
