# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo.tests import tagged
from odoo.tools import mute_logger

from .pump_case import PATIENCE
from .stress_actors import Person
from .stress_case import StressCase

PEOPLE = 5


@tagged("post_install", "-at_install")
class TestStressPeople(StressCase):
    """People with browsers of their own, through the server's real HTTP."""

    def setUp(self):
        super().setUp()
        self.asked = []

    def values(self, topic: str, **values) -> dict:
        return {
            "topic": topic,
            "blog_id": self.blog_id,
            "provider_id": self.provider_id,
            "recipient_ids": [[6, 0, [self.reader_id]]],
            **values,
        }

    def fill_in(self, person: Person, topic: str) -> int:
        """Fill in and save the wizard, and return its id."""
        vals = self.values(topic)
        (row,) = person.click("blog.ai.write", "web_save", [], vals, specification={})
        return row["id"]

    def ask_for(self, sid: str, topic: str, **values) -> None:
        with Person(sid) as person:
            values = self.values(topic, **values)
            action = person.click("blog.ai.write", "action_write_values", values)
            self.asked.append(action["res_id"])

    def test_five_people_with_four_browsers_each_write_twenty_posts(self):
        sids = self.people(PEOPLE)
        with self.cron_workers(2):
            self.all_at_once(
                *(
                    partial(self.ask_for, sid, f"Post {post} by {who}", publish=publish)
                    for who, sid in enumerate(sids)
                    for post, publish in enumerate(("now", "draft", "now", "draft"))
                )
            )
            self.llm.wait_for_requests(20, timeout=PATIENCE)
        self.assertCountEqual(self.asked, self.generations())
        self.assert_all_written(self.asked, published=10)
        with self.committed() as env:
            generations = env["blog.ai.generation"].browse(self.asked)
            for user in self.user_ids:
                mine = generations.filtered(lambda g, user=user: g.user_id.id == user)
                self.assertEqual(len(mine), 4)

    def test_a_click_repeated_at_once_writes_one_post(self):
        sids = self.people(PEOPLE)
        wizards = []
        for who, sid in enumerate(sids):
            with Person(sid) as person:
                wizards.append(self.fill_in(person, f"Clicked twice by {who}"))
        with mute_logger("odoo.sql_db"), self.cron_workers(2):
            self.all_at_once(
                *(
                    partial(self.click_write, sid, wizard)
                    for sid, wizard in zip(sids, wizards, strict=True)
                    for _click in range(2)
                )
            )
            self.llm.wait_for_requests(PEOPLE, timeout=PATIENCE)
        self.assertEqual(len(self.asked), 2 * PEOPLE)
        self.assertCountEqual(set(self.asked), self.generations())
        self.assert_all_written(self.generations(), published=0)

    def click_write(self, sid: str, wizard: int) -> None:
        with Person(sid) as person:
            action = person.click("blog.ai.write", "action_write", [wizard])
            self.asked.append(action["res_id"])
