# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator.pump.limits import Limits

from . import pump_case, stress_case
from .llm_case import LocalRequests
from .stress_actors import Person
from .stress_case import StressCase

PEOPLE, SLOTS, PUMPS, POSTS = 5, 10, 8, 40


@tagged("post_install", "-at_install", "standard", "-blog_ai_stress")
class TestStressStandard(LocalRequests, StressCase, TransactionCase):
    """Many at once in every run of the tests; ``make stress`` has the long ones.

    Others may use the database meanwhile: the pumps write what these tests asked for
    and nothing else, all posts stay drafts, and what was committed is deleted. The
    cursor of ``TransactionCase`` stays unused, since no thread would see its records.
    """

    def setUp(self):
        super().setUp()
        with self.committed() as env:
            env.cr.execute("SELECT coalesce(max(id), 0) FROM ir_cron_trigger")
            (self.last_trigger,) = env.cr.fetchone()
            crons = {*pump_case.CRONS, *stress_case.CRONS}
            self.cron_ids = [env.ref(f"blog_ai_generator.{it}").id for it in crons]

    def _purge_triggers(self, env):
        """Delete the wake-ups since then, unless somebody else may wait for one."""
        env.cr.execute(
            """
            DELETE FROM ir_cron_trigger
             WHERE cron_id = ANY(%s) AND id > %s AND NOT EXISTS (
                   SELECT FROM blog_ai_generation WHERE state IN ('queued', 'writing'))
               AND NOT EXISTS (
                   SELECT FROM blog_ai_slot_day
                    WHERE state = 'planned'
                      AND planned_at = ir_cron_trigger.call_at)
            """,
            [self.cron_ids, self.last_trigger],
        )

    def write_all(self, ids: list[int], pumps: int = 2) -> None:
        """Run pumps side by side; wait for what a server beside us has begun."""
        run = partial(self.pump, Limits(width=4), only=ids)
        self.all_at_once(*[run] * pumps)
        for _look in range(1000):
            states = {row["state"] for row in self.look_at(ids, "state")}
            if not states & {"queued", "writing"}:
                break
        self.assert_all_written(ids, published=0)

    def test_five_people_at_once_write_ten_posts(self):
        sids, asked = self.people(PEOPLE), []

        def ask(sid: str, topic: str) -> None:
            values = {
                "topic": topic,
                "blog_id": self.blog_id,
                "provider_id": self.provider_id,
                "publish": "draft",
            }
            with Person(sid) as person:
                action = person.click("blog.ai.write", "action_write_values", values)
            asked.append(action["res_id"])

        with mute_logger("odoo.sql_db"):
            self.all_at_once(
                *(
                    partial(ask, sid, f"Post {post} by person {who}")
                    for who, sid in enumerate(sids)
                    for post in range(2)
                )
            )
        self.assertCountEqual(asked, self.generations())
        self.assertEqual(len(asked), 2 * PEOPLE)
        self.write_all(asked)

    def test_ten_parallel_slots_write_a_post_each_about_topics_of_their_own(self):
        slots, names = self.slots(SLOTS), self.queue(2 * SLOTS)
        days = self.days_of_today(slots)
        with mute_logger("odoo.sql_db"):
            self.all_at_once(
                *(
                    partial(self.run_days, days[first:] + days[:first])
                    for first in range(SLOTS)
                )
            )
        ids = self.generations()
        self.write_all(ids)
        with self.committed() as env:
            generations = env["blog.ai.generation"].browse(ids)
            self.assertCountEqual(generations.slot_id.ids, slots)
            self.assertEqual(len(generations), SLOTS)
        self.assertCountEqual(self.topics("written") + self.topics("waiting"), names)
        self.assertEqual(len(self.topics("written")), SLOTS)

    def test_eight_pumps_write_forty_posts_and_no_more(self):
        ids = self.ask(*(f"Apple variety {number}" for number in range(POSTS)))
        self.write_all(ids, PUMPS)
        self.assertEqual(self.count_posts(), POSTS)
        self.assertEqual(len(self.llm.requests), POSTS)
