# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import os
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, Failed, Failure, Limits

from .common import BlogAiCase, create_provider
from .fixtures_llm import Server, good_fields, http_answer, openai_answer
from .test_llm_anything import QUICK, TEXTS, VALUES

FIELDS = good_fields("Lemons in pots")
# Characters that no database stores, in JSON: NUL, and half of a character.
NEVER_STORED = ("\0", "\ud800", "\udfff", "a\0\ud83d")


@tagged("post_install", "-at_install")
class TestStored(BlogAiCase):
    """Each answer of a server is stored: as a post, or as a failure with its reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.dict(os.environ, no_proxy="*"))
        cls.server = Server(cls.behave)
        cls.addClassCleanup(cls.server.close)
        cls.provider = create_provider(
            cls.env,
            "sk-secret-0123456789",
            name="Any",
            preset="compatible",
            base_url=cls.server.url,
            model="any",
        )

    @classmethod
    def behave(cls, connection, server):
        server.read_request(connection)
        connection.sendall(cls.answer)

    def assertStored(self, answer):
        type(self).answer = answer
        generation = self.ask(provider_id=self.provider.id)
        generation.flush_recordset()
        (claim,) = generation._claim(1, Limits.of(self.env), generation.ids)
        generation.invalidate_recordset()
        try:
            outcome = Answered(claim, llm.write(claim.request, claim.account))
        except llm.LLMError as error:
            outcome = Failed(claim, Failure.of(error, claim.account))
        generation._store(outcome)
        self.env.flush_all()
        self.env.invalidate_all()
        call = generation.call_ids
        self.assertEqual(len(call), 1)
        if isinstance(outcome, Answered):
            self.assertEqual((generation.state, call.outcome), ("done", "ok"))
            self.assertTrue(generation.post_id.content)
        else:
            self.assertIn(generation.state, ("queued", "failed"))
            self.assertEqual(call.outcome, outcome.failure.code)
            self.assertFalse(generation.post_id)
            self.assertNotEqual(outcome.failure.code, "storage")
        return generation

    def test_any_fields_of_an_answer(self):
        changes = st.dictionaries(st.sampled_from([*FIELDS, "seo", "content"]), VALUES)

        @settings(QUICK, max_examples=20)
        @given(changes, TEXTS, TEXTS, TEXTS)
        def stored(changes, start, model, name):
            text = start + json.dumps(FIELDS | changes)
            self.assertStored(openai_answer(text, model=model, id=name))

        stored()

    def test_any_text_in_a_good_answer(self):
        @settings(QUICK, max_examples=20)
        @given(TEXTS, TEXTS, st.sampled_from([*FIELDS]))
        def stored(before, after, field):
            value = f"{before} {FIELDS[field]} {after}"
            self.assertStored(openai_answer(json.dumps({**FIELDS, field: value})))

        stored()

    def test_any_body_of_a_server(self):
        @settings(QUICK, max_examples=15)
        @given(
            st.one_of(st.binary(max_size=300), VALUES, TEXTS),
            st.sampled_from([200, 400]),
        )
        def stored(body, status):
            body = body.encode("utf-8", "replace") if isinstance(body, str) else body
            self.assertStored(http_answer(body, status))

        stored()

    def test_what_no_database_stores_is_left_out_of_a_good_post(self):
        for odd in NEVER_STORED:
            with self.subTest(odd=odd):
                fields = {
                    key: f"{value[:20]}{odd}{value[20:]}"
                    for key, value in FIELDS.items()
                }
                answer = openai_answer(
                    json.dumps(fields), model=f"m{odd}", id=f"i{odd}"
                )
                generation = self.assertStored(answer)
                self.assertEqual(generation.state, "done")
                self.assertNotIn("\0", generation.post_id.content)

    def try_connection(self, answer):
        """Press “Test connection”; return what is said, and the new row of the log."""
        type(self).answer = answer
        calls = self.env["blog.ai.call"].search([])
        try:
            with patch.object(self.env.cr, "commit", self.env.flush_all):
                said = self.press(self.provider, "action_test_connection")
        except UserError as error:
            # Odoo's own assertion would roll back what the button has committed.
            said = str(error)
        self.env.flush_all()
        self.env.invalidate_all()
        return said, self.env["blog.ai.call"].search([]) - calls

    def test_a_connection_test_stores_what_it_can_of_any_answer(self):
        for odd in NEVER_STORED:
            message = {"message": f"No{odd} such model", "code": f"c{odd}"}
            for answer, outcome in (
                (openai_answer(f"OK{odd}", model=f"m{odd}", id=f"i{odd}"), "ok"),
                (openai_answer(odd[-1]), "unusable"),
                (openai_answer("", f"content_filter{odd}"), "unusable"),
                (http_answer({"error": message}, 400), "bad_request"),
                (http_answer({"error": message}, 401), "authentication"),
                (
                    http_answer(f"<p>{odd}".encode("utf-8", "replace"), 500),
                    "overloaded",
                ),
                (http_answer(f"OK{odd}".encode("utf-16", "replace")), "unusable"),
            ):
                with self.subTest(odd=odd, answer=answer[-80:]):
                    said, call = self.try_connection(answer)
                    self.assertEqual(call.mapped("outcome"), [outcome], said)
                    self.assertTrue(said)
                    said.encode()
                    self.assertNotIn("\0", said)
                    self.assertEqual(self.provider.last_test, outcome)
