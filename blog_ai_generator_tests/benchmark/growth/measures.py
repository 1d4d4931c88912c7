# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Time what people and the scheduled action wait for, on committed data."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median

from odoo import fields

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, generation_queue

from ...live import database
from ..browser import specification
from ..queries import Stages
from ..statements import statements
from .fixture import COUNTED, Place, grow
from .plan import FEW_SLOTS, GROUPS, LARGE, MANY_SLOTS, SMALL
from .titles import titles

GENERATION, REPORT = "blog.ai.generation", "blog.ai.cost.report"
# The number of samples of each thing, in both blogs.
CHECKS, STORES, PASTES, VIEWS, TICKS = 60, 60, 5, 31, 5
PASTED = 100
# The tables that grow, and those that the slots of each run are written to.
CHANGED = (*COUNTED, "blog_ai_slot")
# The new blog is older by a day or two: both have as many rows in it.
MONTH = timedelta(days=28)
# Runs with a few slots beside each run with many, which takes fifty times as long.
FEW_TICKS = 5
# The first ones fill caches.
WARM_UPS = 3


def measured(new, grown) -> dict:
    """Measure a new blog and a grown one in turn, so that a slow moment meets both.

    :param new: the registry of the database for the new blog
    :param grown: the same for the grown one
    :return: the medians of ``small`` and ``large`` in milliseconds; ``ticks`` has
        statements, too
    """
    small, large = Growth(new), Growth(grown)
    try:
        small.grow_to(SMALL)
        large.grow_to(LARGE)
        pairs = zip(small.samples(), large.samples(), strict=True)
        times = {
            name: in_turn(one, other, count)
            for (name, count, one), (_name, _count, other) in pairs
        }
        return {
            "small": {name: median(few) for name, (few, _many) in times.items()},
            "large": {name: median(many) for name, (_few, many) in times.items()},
            "ticks": large.ticks(),
        }
    finally:
        small.close()
        large.close()


def in_turn(
    one: Callable[[], float], other: Callable[[], float], count: int
) -> tuple[list[float], list[float]]:
    """Return the samples of both, each of which comes first every second time."""
    for _number in range(WARM_UPS):
        one(), other()
    found: tuple[list[float], list[float]] = [], []
    with no_garbage_collection():
        for number in range(count):
            for side in (0, 1) if number % 2 else (1, 0):
                gc.collect(0)
                found[side].append((one, other)[side]())
    return found


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Keep Python from looking through two registries in the middle of a sample."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Growth:
    """A blog that grows, and the times that its users wait.

    Commits; :meth:`close` deletes the records.
    """

    def __init__(self, registry):
        self.shop = Stages(registry)
        self._seed = 1000

    def close(self) -> None:
        shop = self.shop
        with shop.committed() as env:
            for table in ("blog_post", "blog_ai_generation", "blog_ai_topic"):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE blog_id = %s", [shop.blog_id]
                )
            env.cr.execute(
                "DELETE FROM blog_ai_call WHERE provider_id = %s", [shop.provider_id]
            )
        shop.close()

    def grow_to(self, generations: int) -> None:
        shop = self.shop
        place = Place(shop.blog_id, shop.provider_id, shop.user_id)
        with shop.committed() as env:
            grow(env, place, generations)
        self.tidy()

    def tidy(self) -> None:
        """Do what PostgreSQL would do by itself in the middle of the samples."""
        name = self.shop.registry.db_name
        database.run(f"VACUUM ANALYZE {', '.join(CHANGED)}", database=name)
        database.run("CHECKPOINT", database=name)

    def samples(self) -> Iterator[tuple[str, int, Callable[[], float]]]:
        """Yield each thing: its name, how often, and what returns its milliseconds."""
        yield "check", CHECKS, self.check
        yield "store", STORES, self.stores(WARM_UPS + STORES)
        yield "paste", PASTES, self.paste
        for name, request in self.views().items():
            yield f"view {name}", VIEWS, lambda it=request: timed(it)

    def new_titles(self, count: int) -> list[str]:
        """Return titles that this blog lacks; both blogs get the same ones."""
        self._seed += 1
        return titles(count, self._seed)

    def check(self) -> float:
        """Check a title as a form does while somebody types: in a new request."""
        (title,) = self.new_titles(1)
        with self.shop.committed(self.shop.user_id) as env:
            blog = env["blog.blog"].browse(self.shop.blog_id)
            # The form has read it.
            blog.mapped("name")
            return timed(lambda: blog._blog_ai_find_similar(title, env.company))

    def stores(self, count: int) -> Callable[[], float]:
        """Return what stores one of so many answers, in a transaction of its own."""
        shop = self.shop
        ids = []
        for title in self.new_titles(count):
            ids += shop.ask(publish=True, recipient_ids=[], topic=title)
        claims = iter(shop.claims(ids)[0])

        def store() -> float:
            claim = next(claims)
            outcome = Answered(claim, llm.write(claim.request, claim.account))
            return timed(
                lambda: shop.do(lambda env: generation_queue(env)._store(outcome))
            )

        return store

    def paste(self) -> float:
        """Paste topics into the queue."""
        with self.shop.committed(self.shop.user_id) as env:
            wizard = env["blog.ai.topic.paste"].create(
                {
                    "blog_id": self.shop.blog_id,
                    "lines": "\n".join(self.new_titles(PASTED)),
                }
            )
            taken = timed(wizard.action_add)
            env["blog.ai.topic"].search([("blog_id", "=", self.shop.blog_id)]).unlink()
        return taken

    def views(self) -> dict[str, Callable[[], None]]:
        """Return what opens list, groups, calendar, cards and the report."""
        with self.shop.committed(self.shop.user_id) as env:
            fields_of = {
                kind: specification(env, GENERATION, kind)
                for kind in ("list", "kanban", "calendar")
            }
        today = fields.Datetime.now()
        month = [
            ("post_date", "<=", today + timedelta(days=7)),
            ("post_date", ">=", today - MONTH),
        ]
        page = {"limit": 80, "count_limit": 10001}
        return {
            "list": lambda: self._read([], fields_of["list"], **page),
            "kanban": lambda: self._read([], fields_of["kanban"], **page),
            "calendar": lambda: self.shop.browser.call(
                GENERATION,
                "search_read",
                domain=[(name, sign, str(at)) for name, sign, at in month],
                fields=["display_name", *fields_of["calendar"]],
            ),
            # Read as many rows in both states: a new blog has 50 that failed.
            "failed": lambda: self._read(
                [("state", "=", "failed")], fields_of["list"], **page | {"limit": 40}
            ),
            "report": lambda: self._groups(
                REPORT,
                [("date", ">=", str(today - MONTH))],
                ["date:month", "currency_id", "blog_id", "provider_id", "kind"],
                ["cost:sum", "posts:sum", "cost_per_post:sum", "unknown:sum"],
            ),
            **{
                f"by {group}": lambda g=group: self._groups(
                    GENERATION, [], [g], ["__count"]
                )
                for group in GROUPS
            },
        }

    def _read(self, domain: list, spec: dict, **options) -> None:
        self.shop.browser.call(
            GENERATION, "web_search_read", domain, specification=spec, **options
        )

    def _groups(self, model: str, domain, groups: list, totals: list) -> None:
        self.shop.browser.call(
            model, "formatted_read_group", domain, groupby=groups, aggregates=totals
        )

    def ticks(self) -> dict[str, float]:
        """Run the scheduled action with a few slots and with many, in turn."""
        # The first round fills caches.
        self._tick(FEW_SLOTS)
        self._tick(MANY_SLOTS)
        plan = [FEW_SLOTS] * FEW_TICKS + [MANY_SLOTS]
        runs = [(count, *self._tick(count)) for count in plan * TICKS]
        found = {}
        for count in (FEW_SLOTS, MANY_SLOTS):
            mine = [(taken, texts) for slots, taken, texts in runs if slots == count]
            times, texts = zip(*mine, strict=True)
            found[f"tick {count} ms"] = median(times) / count
            found[f"tick {count} statements"] = median(texts) / count
        return found

    def _tick(self, count: int) -> tuple[float, int]:
        """Return the milliseconds and the statements of one run."""
        self._due_slots(count)
        self.tidy()
        with statements() as texts:
            with no_garbage_collection():
                taken = timed(lambda: self.shop.do(self.shop._tick))
        return taken, len(texts)

    def _due_slots(self, count: int) -> None:
        shop = self.shop
        with shop.committed() as env:
            mine = [("blog_id", "=", shop.blog_id)]
            # A topic that is being written cannot be deleted.
            queued = [*mine, ("state", "=", "queued")]
            env["blog.ai.generation"].search(queued).action_cancel()
            env["blog.ai.slot"].search(mine).unlink()
            env["blog.ai.topic"].search(mine).unlink()
            slots = env["blog.ai.slot"].create(
                [shop._prepare_slot(number) for number in range(count)]
            )
            env["blog.ai.topic"].create(
                [
                    {"name": title, "blog_id": shop.blog_id}
                    for title in self.new_titles(count)
                ]
            )
            day = slots[0]._local_now().date()
            due = fields.Datetime.now() - timedelta(minutes=1)
            days = env["blog.ai.slot.day"]
            days.search([("slot_id", "in", slots.ids), ("day", "=", day)]).unlink()
            days.create([{**s._prepare_day(day), "planned_at": due} for s in slots])


def timed(function: Callable[[], object]) -> float:
    """Return the milliseconds that a call takes."""
    begun = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - begun)
