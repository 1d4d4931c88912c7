# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Count the SQL statements of a post, stage by stage.

Transactions are real and committed. Record caches are cold, as in each transaction of
the pump; caches of the registry (views, rights, external ids) are warm.

    >>> from odoo.addons.blog_ai_generator_tests.benchmark.queries import measure
    >>> measure(env)
"""

from contextlib import contextmanager

from .plan import BURST
from .queries_clicks import ClickStages
from .queries_posts import REFUSED
from .queries_slots import SlotStages


class Stages(ClickStages, SlotStages):
    """All stages of a generation's life."""

    def stages(self) -> dict[str, list[str]]:
        """Return the statements of each stage."""
        return {
            **self.wizard(),
            "claim": self.claim(self.ask()),
            "store_draft": self.store(self.ask()),
            "store_published": self.store(self.ask(publish=True)),
            "store_failed": self.store(self.ask(), REFUSED),
            "store_burst": self.burst(self.ask(BURST, publish=True)),
            "mail_sent": self.send_mails(),
            "pump": self.pump(self.ask(publish=True)),
            "plain": self.plain(),
            "retry": self.click("action_retry", self.failed()),
            "cancel": self.click("action_cancel", self.ask()),
            "slot_day": self.run_slot_days(1),
            "slot_tick": self.tick(1),
            "approve": self.decide("blog.ai.approve", "action_approve"),
            "reject": self.decide("blog.ai.reject", "action_reject", reason="Dry"),
            "paste": self.paste(1),
        }


def measure(env) -> dict[str, int]:
    """Count SQL statements by stage of one generation, in the order of its life.

    ``generation`` is the promised figure: the claim and the store of a post that is
    published at once, with its email to one recipient queued and the log closed. The
    writer follows the post, nobody follows the blog. ``plain`` is the same post and the
    same email made with plain Odoo in one transaction, for comparison. ``pump`` is a
    whole run of the pump for one generation. ``store_burst`` are all posts of a burst.

    Commits, and deletes what it created; nobody may use the database meanwhile.

    :param env: only its registry is used
    """
    with workshop(env.registry) as shop:
        # The first round fills the registry's caches.
        shop.stages()
        counts = {name: len(texts) for name, texts in shop.stages().items()}
    counts["generation"] = counts["claim"] + counts["store_published"]
    counts["wizard"] = sum(
        count for name, count in counts.items() if name.startswith("wizard_")
    )
    return counts


@contextmanager
def workshop(registry):
    """Yield :class:`Stages`, and delete its records after the block."""
    shop = Stages(registry)
    try:
        yield shop
    finally:
        shop.close()
