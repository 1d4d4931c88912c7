# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from .common import BlogAiCase

EVERY_DAY = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), True)
MONDAY = "2026-06-01 00:30:00"


class SlotCase(BlogAiCase):
    """Slots of one blog, its topics, and the clock that runs them."""

    def slot(self, **values):
        return self.env["blog.ai.slot"].create(
            {
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "lang": "en_US",
                "tz": "Europe/Berlin",
                **EVERY_DAY,
                **values,
            }
        )

    def topics(self, *names, **values):
        return self.env["blog.ai.topic"].create(
            [
                {"name": name, "blog_id": self.blog.id, "sequence": place, **values}
                for place, name in enumerate(names)
            ]
        )

    def tick(self):
        """Do what the scheduled action does, without its commits."""
        due = self.env["blog.ai.slot.day"].search(
            [("state", "=", "planned"), ("planned_at", "<=", datetime.now())],
            order="planned_at, id",
        )
        due._run_locked()
        self.env["blog.ai.slot"].search([])._plan(with_gaps=True)
        return due

    def states(self, slot):
        return slot.day_ids.filtered(lambda d: d.state != "planned").mapped("state")
