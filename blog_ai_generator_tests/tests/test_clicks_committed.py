# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from functools import partial
from itertools import cycle
from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from ..benchmark.browser import Browser
from .ask_case import AskCase
from .pump_case import PATIENCE

CONTENT = "<section><p>Start.</p><h2>Soil</h2><p>Loam.</p></section>"


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestClicksCommitted(AskCase):
    """Two clicks at once on a button pay for one call, and both get its answer.

    Each click is a request in a thread of its own. Both have read the database before
    either goes on, so neither sees what the other one does.
    """

    def setUp(self):
        super().setUp()
        self.post_id = self.make_post()
        with self.committed() as env:
            env["res.lang"]._activate_lang("fr_FR")
            values = {"content": CONTENT, "is_published": True}
            env["blog.post"].browse(self.post_id).write(values)
            self.clicker = env.ref("base.user_admin").id

    def together(self, model: str, name: str) -> None:
        """Let the first two calls of a method begin when both have been reached."""
        cls, entered = self.registry[model], []
        barrier, method = threading.Barrier(2), getattr(cls, name)

        def wait(*args, **kwargs):
            if len(entered) < 2:
                entered.append(True)
                barrier.wait(PATIENCE)
            return method(*args, **kwargs)

        self.startPatcher(patch.object(cls, name, wait))

    def click(self, model: str, button: str, *ids: int, uids=()) -> list:
        """Press a button twice at once; return the answers, or errors, of both.

        :param ids: of the record, or of that of each person
        """

        def press(browser, number):
            return browser.call(model, button, [number], route="call_button")

        people = uids or (self.clicker, self.clicker)
        answers = self.at_once(
            *(
                partial(self.of, uid, press, number)
                for uid, number in zip(people, cycle(ids), strict=False)
            )
        )
        self.llm.release()
        self.settle_asks()
        return answers

    def of(self, uid: int, request, *args):
        """Make a request of a user; return its result."""
        browser = Browser(self.registry, uid)
        try:
            return request(browser, *args)[0]
        finally:
            browser.close()

    def at_once(self, *requests) -> list:
        """Make requests in threads of their own; return the answers or errors."""
        answers = []

        def make(request):
            try:
                answers.append(request())
            except Exception as exception:
                answers.append(exception)

        threads = [
            threading.Thread(target=make, args=(it,), daemon=True) for it in requests
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        return answers

    def click_and_be_refused(self, *words, **people) -> str:
        """Press a button twice at once; return what one of the clicks is told."""
        with self.assertLogs("odoo.http", "WARNING"):
            answers = self.click(*words, **people)
        (refused,) = [it for it in answers if not isinstance(it, dict)]
        return str(refused)

    def write_offline(self) -> None:
        """Let the offline writer answer what the fake server does not know."""
        with self.committed() as env:
            offline = env.ref("blog_ai_generator.provider_offline")
            env.company.blog_ai_provider_id = offline

    def assertOneCall(self, answers: list, requests: int = 1) -> None:
        for answer in answers:
            self.assertIsInstance(answer, dict, answer)
        numbers = sorted({answer["params"]["id"] for answer in answers})
        with self.committed() as env:
            asks = env["blog.ai.ask"].browse(numbers)
            found = asks.read(["state", "message", "digest"])
        self.assertEqual((len(answers), len(numbers)), (2, 1), found)
        self.assertEqual(found[0]["state"], "done", found)
        self.assertEqual(len(self.llm.requests), requests)

    def make(self, model: str, uid: int = 0, **values) -> int:
        with self.committed() as env:
            record = env[model].with_user(uid or self.clicker).create(values)
            self.addCleanup(self.remove, model, record.id)
            return record.id

    def remove(self, model: str, number: int) -> None:
        with self.committed() as env:
            env[model].browse(number).exists().unlink()

    def test_titles(self):
        self.write_offline()
        self.together("blog.ai.ask", "_ask")
        button = "action_blog_ai_propose_titles"
        self.assertOneCall(self.click("blog.post", button, self.post_id), requests=0)

    def test_a_section(self):
        self.write_offline()
        with self.committed() as env:
            post = env["blog.post"].with_user(self.clicker).browse(self.post_id)
            offered = post.action_blog_ai_rewrite_section()
            section = post.env["blog.ai.section"].search(offered["domain"], limit=1)
            section.reason = "Too short."
            number = section.id
        self.together("blog.ai.gate", "_pass_alone")
        answers = self.click("blog.ai.section", "action_rewrite", number)
        self.assertOneCall(answers, requests=0)

    def test_an_outline(self):
        number = self.make(
            "blog.ai.write",
            topic="Figs in a tub",
            blog_id=self.blog_id,
            provider_id=self.provider_id,
        )
        self.together("blog.ai.ask", "_ask")
        self.assertOneCall(self.click("blog.ai.write", "action_outline", number))

    def test_a_new_version(self):
        self.together("blog.ai.gate", "_pass_alone")
        button = "action_blog_ai_refresh"
        answers = self.click("blog.post", button, self.post_id)
        # Odoo repeats the later click when the answer may have come already.
        followed = [it for it in answers if "params" in it]
        self.assertTrue(followed)
        opened = {it.get("params", {}).get("opens", it)["res_id"] for it in answers}
        self.assertEqual((len(answers), len(opened)), (2, 1))
        self.assertEqual(len(self.llm.requests), 1)

    def people(self) -> tuple[int, int]:
        """Return two editors."""
        with self.committed() as env:
            groups = "base.group_user,website.group_website_designer"
            other = new_test_user(env, "unit-clicks", groups=groups).id
        self.addCleanup(self.remove, "res.users", other)
        return self.clicker, other

    def assertOneCallForTwoPeople(
        self, model: str, button: str, *ids: int, people: tuple, requests: int = 1
    ) -> None:
        """Let two people press a button at once; one of them is refused."""
        with self.committed() as env:
            before = env["blog.ai.ask"].search_count([])
        self.together("blog.ai.ask", "_ask")
        said = self.click_and_be_refused(model, button, *ids, uids=people)
        self.assertIn("is asking for the same already", said)
        self.assertEqual(len(self.llm.requests), requests)
        with self.committed() as env:
            self.assertEqual(env["blog.ai.ask"].search_count([]), before + 1)

    def test_titles_for_two_people(self):
        self.write_offline()
        self.assertOneCallForTwoPeople(
            "blog.post",
            "action_blog_ai_propose_titles",
            self.post_id,
            people=self.people(),
            requests=0,
        )

    def test_an_outline_for_two_people(self):
        people = self.people()
        wizards = [
            self.make(
                "blog.ai.write",
                uid,
                topic="Figs in a tub",
                blog_id=self.blog_id,
                provider_id=self.provider_id,
            )
            for uid in people
        ]
        button = "action_outline"
        self.assertOneCallForTwoPeople("blog.ai.write", button, *wizards, people=people)

    def test_pictures_for_two_people(self):
        people = self.people()
        offers = self.offers("generated", *people)
        button = "action_generate"
        self.assertOneCallForTwoPeople("blog.ai.cover", button, *offers, people=people)

    def test_a_section_for_two_people_with_a_reason_each(self):
        self.write_offline()
        people, sections = self.people(), []
        with self.committed() as env:
            for uid in people:
                post = env["blog.post"].with_user(uid).browse(self.post_id)
                offered = post.action_blog_ai_rewrite_section()
                section = post.env["blog.ai.section"].search(offered["domain"], limit=1)
                section.reason = f"Too short for {uid}."
                sections.append(section.id)
        self.together("blog.ai.gate", "_pass_alone")
        said = self.click_and_be_refused(
            "blog.ai.section", "action_rewrite", *sections, uids=people
        )
        self.assertIn("is asking for the same already", said)

    def test_a_new_version_for_two_people(self):
        self.set_provider(model="hold")
        self.together("blog.ai.gate", "_pass_alone")
        button = "action_blog_ai_refresh"
        people = self.people()
        said = self.click_and_be_refused("blog.post", button, self.post_id, uids=people)
        self.assertIn("is having a new version proposed", said)
        self.assertEqual(len(self.llm.requests), 1)

    def test_decisions_on_a_new_version(self):
        self.write_offline()
        with self.committed() as env:
            post = env["blog.post"].with_user(self.clicker).browse(self.post_id)
            number = post.action_blog_ai_refresh()["params"]["opens"]["res_id"]
        self.settle_asks()
        for button, check in (
            ("action_approve", "_check_open"),
            ("action_restore", "_check_restorable"),
        ):
            with self.subTest(button):
                self.together("blog.ai.refresh", check)
                said = self.click_and_be_refused("blog.ai.refresh", button, number)
                self.assertIn("Reload the page", said)

    def test_a_translation(self):
        with self.committed() as env:
            french = env["res.lang"]._lang_get("fr_FR").id
        number = self.make(
            "blog.ai.translate",
            post_ids=[self.post_id],
            lang_ids=[french],
            provider_id=self.provider_id,
        )
        self.together("blog.ai.gate", "_pass_alone")
        said = self.click_and_be_refused(
            "blog.ai.translate", "action_translate", number
        )
        self.assertIn("is being translated into", said)
        self.pump()
        self.assertEqual(len(self.llm.requests), 1)

    def offers(self, name: str, *uids: int) -> list[int]:
        """Return the button of a source of covers, for each person."""
        with self.committed() as env:
            env["blog.blog"].browse(self.blog_id).write(
                {
                    "blog_ai_picture_provider_id": self.provider_id,
                    "blog_ai_picture_model": "good",
                }
            )
        (generation,) = self.ask("Figs for a cover")
        self.pump()
        self.llm.reset()
        with self.committed() as env:
            asked = env["blog.ai.generation"].browse(generation)
            return [
                env["blog.ai.cover"]
                .with_user(uid)
                ._offer(asked.with_user(uid))
                .filtered(lambda it: it.offers == name)
                .id
                for uid in uids or (self.clicker,)
            ]

    def test_pictures(self):
        buttons = self.offers("generated")
        self.together("blog.ai.ask", "_ask")
        self.assertOneCall(self.click("blog.ai.cover", "action_generate", *buttons))

    def test_photos(self):
        self.switch_on_unsplash()
        buttons = self.offers("unsplash")
        self.together("blog.ai.ask", "_ask")
        answers = self.click("blog.ai.cover", "action_generate", *buttons)
        numbers = {answer["params"]["id"] for answer in answers}
        self.assertEqual((len(answers), len(numbers)), (2, 1))
        searches = [it for it in self.llm.requests if "search" in it.path]
        self.assertEqual(len(searches), 1)

    def test_a_draft_that_a_program_asks_for_twice_at_once(self):
        def write(browser):
            values = {"blog": self.blog_id, "key": "mail 1"}
            return browser.call("blog.ai.api", "write_draft", "Figs in a tub", **values)

        self.together("blog.ai.api", "_check_texts")
        request = partial(self.of, self.clicker, write)
        answers = self.at_once(request, request)
        for answer in answers:
            self.assertIsInstance(answer, dict, answer)
        self.assertEqual(len({answer["id"] for answer in answers}), 1)
        self.pump()
        self.assertEqual(len(self.llm.requests), 1)
