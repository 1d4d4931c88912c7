# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .topic_case import TopicCase


@tagged("post_install", "-at_install")
class TestTopicPaste(TopicCase):
    def test_pasted_lines_become_topics_in_their_order(self):
        self.topic("First", sequence=5)
        self.env["blog.ai.topic.paste"].create(
            {
                "blog_id": self.blog.id,
                "lines": "- One\n\n  * Two  words \r\nOne\n• Three",
            }
        ).action_add()
        topics = self.env["blog.ai.topic"].search([("blog_id", "=", self.blog.id)])
        self.assertEqual(topics.mapped("name"), ["First", "One", "Two words", "Three"])

    def test_a_paste_says_how_many_were_added_and_how_many_repeated(self):
        for lines, message in (
            ("One\nTwo", "Topics added: 2."),
            ("Three\n- Three\nFour\n\nThree", "Topics added: 2. Repeated lines left "),
        ):
            wizard = self.env["blog.ai.topic.paste"].create(
                {"blog_id": self.blog.id, "lines": lines}
            )
            told = wizard.action_add()
            self.assertEqual(told["tag"], "display_notification")
            self.assertIn(message, told["params"]["message"])
        self.assertTrue(told["params"]["message"].endswith("out: 2."))
        self.assertEqual(told["params"]["type"], "success")

    def test_a_paste_says_how_many_are_held_back_since_they_resemble_others(self):
        self.topic("Lemons in pots")
        wizard = self.env["blog.ai.topic.paste"].create(
            {"blog_id": self.blog.id, "lines": "In pots: lemons\nFigs on a wall"}
        )
        told = wizard.action_add()["params"]
        self.assertEqual(told["type"], "warning")
        self.assertIn("resemble something else: 1.", told["message"])
        self.assertIn("“Held back”", told["message"])

    def pasted(self, lines):
        """Return the titles that pasted lines become."""
        before = self.env["blog.ai.topic"].search([("blog_id", "=", self.blog.id)])
        self.env["blog.ai.topic.paste"].with_user(self.writer).create(
            {"blog_id": self.blog.id, "lines": lines}
        ).action_add()
        after = self.env["blog.ai.topic"].search([("blog_id", "=", self.blog.id)])
        return (after - before).mapped("name")

    def test_a_paste_loses_list_markers_and_nothing_else(self):
        for line, title in (
            ("1. Lemons in pots", "Lemons in pots"),
            ("2) Figs on a wall", "Figs on a wall"),
            ("* Olives in the north", "Olives in the north"),
            ("– Quinces", "Quinces"),
            ("•Medlars", "Medlars"),
            ("- -5 degrees and a lemon tree", "-5 degrees and a lemon tree"),
        ):
            with self.subTest(line):
                self.assertEqual(self.pasted(f"1. First\n{line}")[-1], title)
        for line in (
            "-5 degrees and a lemon tree",
            "2026 trends",
            "10 tips for pots",
            "10. Geburtstag",
            "1.5 litres a day",
            "*Lemons* in italics",
        ):
            with self.subTest(line):
                self.assertEqual(self.pasted(line), [line])

    def test_a_part_of_a_numbered_list_is_a_list_too(self):
        self.assertEqual(
            self.pasted("11. Lemons\n12. Figs\n3."), ["Lemons", "Figs", "3."]
        )

    def test_a_line_that_can_not_be_used_is_named(self):
        wizard = self.env["blog.ai.topic.paste"].create(
            {
                "blog_id": self.blog.id,
                "lines": "- Lemons\n\n- ...\nhttps://example.com/figs\nOlives",
            }
        )
        with self.assertRaises(ValidationError) as refused:
            wizard.action_add()
        third, fourth = str(refused.exception).splitlines()
        self.assertIn("Line 3, “...”:", third)
        self.assertIn("Line 4, “https://example.com/figs”:", fourth)
        self.assertIn("Olives", wizard.lines)

    def test_pasting_nothing_says_what_to_do(self):
        wizard = self.env["blog.ai.topic.paste"].create(
            {"blog_id": self.blog.id, "lines": "\n - \n"}
        )
        with self.assertRaisesRegex(UserError, "one per line"):
            wizard.action_add()
