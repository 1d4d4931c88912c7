# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Time what people and the scheduled action wait for, on committed data."""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from statistics import median

from odoo import fields

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, generation_queue

from ..browser import specification
from ..queries import Stages
from ..statements import statements
from .fixture import Place, grow
from .plan import FEW_SLOTS, GROUPS, MANY_SLOTS
from .titles import titles

GENERATION, REPORT = "blog.ai.generation", "blog.ai.cost.report"
CHECKS, STORES, VIEWS, TICKS = 40, 24, 11, 3
PASTED = 100


class Growth:
    """A blog that grows, and the times that its users wait.

    Commits; :meth:`close` deletes the records of the last state.
    """

    def __init__(self, registry):
        self.shop = Stages(registry)
        self.size = 0
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
        self.size = generations

    def measure(self) -> dict:
        """Return milliseconds, and statements of the tick, of this state."""
        # The first round fills caches.
        self.checks(3)
        self.stores(3)
        return {
            "check": median(self.checks(CHECKS)),
            "store": median(self.stores(STORES)),
            "paste": self.paste(),
            **{f"view {name}": each for name, each in self.views().items()},
        }

    def new_titles(self, count: int) -> list[str]:
        self._seed += 1
        return titles(count, self._seed)

    def checks(self, count: int) -> list[float]:
        """Check titles as a form does while somebody types: each in a new request."""
        times = []
        for title in self.new_titles(count):
            with self.shop.committed(self.shop.user_id) as env:
                blog = env["blog.blog"].browse(self.shop.blog_id)
                # The form has read it.
                blog.mapped("name")
                check = timed(
                    lambda b=blog, t=title: b._blog_ai_find_similar(t, b.env.company)
                )
            times.append(check)
        return times

    def stores(self, count: int) -> list[float]:
        """Store answers, each in a transaction of its own."""
        shop, times = self.shop, []
        ids = []
        for title in self.new_titles(count):
            ids += shop.ask(publish=True, recipient_ids=[], topic=title)
        for claim in shop.claims(ids)[0]:
            outcome = Answered(claim, llm.write(claim.request, claim.account))
            times.append(
                timed(
                    lambda o=outcome: shop.do(
                        lambda env: generation_queue(env)._store(o)
                    )
                )
            )
        return times

    def paste(self) -> float:
        """Paste topics into the queue."""
        with self.shop.committed(self.shop.user_id) as env:
            wizard = env["blog.ai.topic.paste"].create(
                {
                    "blog_id": self.shop.blog_id,
                    "lines": "\n".join(self.new_titles(PASTED)),
                }
            )
            seconds = timed(wizard.action_add)
            env["blog.ai.topic"].search([("blog_id", "=", self.shop.blog_id)]).unlink()
        return seconds

    def views(self) -> dict[str, float]:
        """Open the list, a group of it, the calendar, cards and the report."""
        with self.shop.committed(self.shop.user_id) as env:
            fields_of = {
                kind: specification(env, GENERATION, kind)
                for kind in ("list", "kanban", "calendar")
            }
        today = fields.Datetime.now()
        month = [
            ("post_date", "<=", today + timedelta(days=7)),
            ("post_date", ">=", today - timedelta(days=35)),
        ]
        page = {"limit": 80, "count_limit": 10001}
        requests = {
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
                [("date", ">=", str(today - timedelta(days=31)))],
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
        return {name: median(samples(each, VIEWS)) for name, each in requests.items()}

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
        rounds = [
            (self._tick(FEW_SLOTS), self._tick(MANY_SLOTS)) for _round in range(TICKS)
        ]
        found = {}
        few, many = zip(*rounds, strict=True)
        for count, ticks in ((FEW_SLOTS, few), (MANY_SLOTS, many)):
            times, texts = zip(*ticks, strict=True)
            found[f"tick {count} ms"] = median(times) / count
            found[f"tick {count} statements"] = median(texts) / count
        return found

    def _tick(self, count: int) -> tuple[float, int]:
        """Return the milliseconds and the statements of one run."""
        self._due_slots(count)
        with statements() as texts:
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


def timed(function: Callable) -> float:
    """Return the milliseconds that a call takes."""
    begun = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - begun)


def samples(function: Callable, count: int) -> Iterable[float]:
    function()
    return [timed(function) for _number in range(count)]
