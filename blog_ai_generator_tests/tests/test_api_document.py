# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import os
import re
import shutil
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path
from unittest import skipUnless

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons import blog_ai_generator
from odoo.addons.blog_ai_generator.tests.common import BlogAiCase

USAGE = Path(blog_ai_generator.__file__).parent / "readme" / "USAGE.md"
EDITOR = "base.group_user,website.group_website_designer"


def examples() -> dict[str, str]:
    """Return the commands of the documentation by the method that they call."""
    commands = re.findall(r"```sh\n(curl .*?)```", USAGE.read_text("utf-8"), re.DOTALL)
    return {re.search(r"blog\.ai\.api/(\w+)", it)[1]: it for it in commands}


@skipUnless(shutil.which("curl"), "curl is not installed: install Debian's package.")
@tagged("post_install", "-at_install")
class TestApiDocument(BlogAiCase, HttpCase):
    """Run the commands of the documentation, as they are written there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.examples = examples()
        cls.editor = new_test_user(cls.env, "program", groups=EDITOR)
        cls.key = cls.key_of(cls.editor)

    @classmethod
    def key_of(cls, user) -> str:
        keys = cls.env["res.users.apikeys"].with_user(user)
        day = fields.Datetime.now() + timedelta(days=1)
        return keys._generate("rpc", "A program", day)

    def run_example(self, method: str, generation=None, key: str = "") -> dict | list:
        self.env.flush_all()
        with tempfile.TemporaryDirectory() as home, self.allow_requests():
            # The server of a test answers only its own test.
            Path(home, ".curlrc").write_text(
                f'cookie = "test_request_key={self.http_request_key}"\n'
            )
            done = subprocess.run(
                ["sh", "-c", self.examples[method]],
                env={
                    **os.environ,
                    "CURL_HOME": home,
                    "ODOO": self.base_url(),
                    "KEY": key or self.key,
                    "ID": str(generation and generation.id),
                },
                capture_output=True,
                timeout=30,
                check=True,
            )
        self.env.invalidate_all()
        return json.loads(done.stdout)

    def test_a_program_asks_for_a_draft_and_finds_it_among_those_to_review(self):
        asked = self.run_example("write_draft")
        self.assertEqual((asked["state"], asked["review"]), ("queued", "none"))
        generation = self.env["blog.ai.generation"].browse(asked["id"])
        self.assertEqual(generation.topic, "Ten plants for dry shade")
        self.assertEqual(generation.notes, "For beginners.")
        self.assertEqual(self.run_example("write_draft")["id"], asked["id"])
        self.attempt(generation)
        (seen,) = self.run_example("get_state", generation)["generations"]
        self.assertEqual((seen["state"], seen["review"]), ("done", "pending"))
        self.assertFalse(seen["post"]["is_published"])
        self.assertTrue(seen["post"]["url"].startswith("http"))
        reviews = self.run_example("list_reviews")["reviews"]
        self.assertEqual([it["id"] for it in reviews], [generation.id])

    def test_topics_are_added(self):
        added = self.run_example("add_topics")["topics"]
        topics = self.env["blog.ai.topic"].browse([it["id"] for it in added])
        self.assertEqual(
            topics.mapped("name"), ["Ferns for dark corners", "A pond in a tub"]
        )
        self.assertEqual(topics.create_uid, self.editor)

    def test_each_method_is_documented(self):
        methods = {"add_topics", "write_draft", "get_state", "list_reviews"}
        self.assertEqual(set(self.examples), methods)

    def test_a_wrong_key_and_a_user_who_is_no_editor_are_refused(self):
        user = new_test_user(self.env, "clerk", groups="base.group_user")
        for key, message in (
            ("wrong", "Invalid apikey"),
            (self.key_of(user), "Only website editors can use Blog AI."),
        ):
            for method in self.examples:
                with self.subTest(message, method=method), mute_logger("odoo.http"):
                    answer = self.run_example(method, self.ask(), key)
                    self.assertIn(message, answer["message"])
