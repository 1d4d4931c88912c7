# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Failure

from .common import BlogAiCase, create_provider


@tagged("post_install", "-at_install")
class TestProviderRequest(BlogAiCase):
    """Thinking, answer format and further fields of a request; who is alerted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.openai = create_provider(cls.env, "sk-1", name="OpenAI", preset="openai")

    def test_what_is_set_on_the_provider_reaches_the_account(self):
        self.openai.write(
            {
                "thinking": "low",
                "answer_format": "json_object",
                "request_fields": '{"temperature": 0.7, "top_p": null}',
            }
        )
        account = self.openai.with_user(self.writer)._account()
        self.assertEqual(account.thinking, "low")
        self.assertEqual(account.answer_format, "json_object")
        self.assertEqual(account.options, {"temperature": 0.7, "top_p": None})
        self.openai.write({"thinking": False, "request_fields": False})
        account = self.openai._account()
        self.assertEqual((account.thinking, account.options), ("", {}))

    def test_every_preset_brings_its_starting_values(self):
        for key, preset in llm.PRESETS.items():
            with self.subTest(key):
                provider = self.env["blog.ai.provider"].create(
                    {
                        "name": key,
                        "preset": key,
                        "base_url": preset.base_url or "http://localhost:1/v1",
                    }
                )
                account = provider._account()
                self.assertEqual(account.thinking, preset.thinking)
                self.assertEqual(account.max_output_tokens, preset.max_output_tokens)
                self.assertEqual(account.options, preset.options)
                self.assertEqual(account.answer_format, "auto")

    def test_another_preset_replaces_the_values_of_the_last_one(self):
        with Form(self.openai) as form:
            self.assertEqual((form.thinking, form.max_output_tokens), ("none", 8000))
            form.preset = "groq"
            self.assertEqual((form.thinking, form.max_output_tokens), ("low", 4000))

    def test_further_request_fields_must_be_a_small_json_object(self):
        for text in (
            "temperature=1",
            "[1]",
            '"a"',
            '{"a": NaN}',
            "[" * 3000,
            json.dumps({"a": "b" * 4000}),
        ):
            with (
                self.subTest(text[:20]),
                self.assertRaisesRegex(ValidationError, "must be a JSON object"),
            ):
                self.openai.request_fields = text

    def test_no_further_request_field_replaces_what_is_asked(self):
        for name in llm.RESERVED_OPTIONS:
            with self.subTest(name), self.assertRaisesRegex(ValidationError, name):
                self.openai.request_fields = json.dumps({name: 1})

    def test_only_administrators_read_the_further_request_fields(self):
        with self.assertRaises(AccessError):
            self.openai.with_user(self.writer).read(["request_fields"])

    def alerts(self, code, reason=""):
        self.openai.activity_ids.unlink()
        generation = self.ask(provider_id=self.openai.id)
        failure = Failure(code, Message(f"{code}.{reason}" if reason else code))
        self.attempt(generation, failure)
        return self.openai.activity_ids

    def test_administrators_are_alerted_of_what_recurs_with_every_post(self):
        for reason in (
            "base_url",
            "no_model",
            "not_chat",
            "not_found",
            "output_limit",
            "placeholder",
            "plan",
            "protocol",
            "redirect",
        ):
            with self.subTest(reason):
                (alert,) = self.alerts("bad_request", reason)
                self.assertEqual(alert.summary, "OpenAI refuses to write")
        for reason in ("", "too_large", "not_made"):
            self.assertFalse(self.alerts("bad_request", reason), reason)

    def test_administrators_are_alerted_of_a_small_context_of_their_own_server(self):
        self.assertFalse(self.alerts("truncated", "context"))
        self.openai.preset = "llamacpp"
        self.assertTrue(self.alerts("truncated", "context"))
        self.assertFalse(self.alerts("truncated", "limit"))

    def test_another_model_ends_the_alert_that_the_old_one_is_gone(self):
        self.assertTrue(self.alerts("bad_request", "not_found"))
        self.openai.write({"name": "Ours"})
        self.assertTrue(self.openai.activity_ids)
        self.openai.model = "gpt-6"
        self.assertFalse(self.openai.activity_ids)

    def test_a_default_model_that_is_gone_is_replaced_where_nobody_chose_another(self):
        old = "llama-3.3-70b-versatile"
        values = {"preset": "groq", "thinking": False}
        create = self.env["blog.ai.provider"].create
        left = create({**values, "name": "A", "model": old, "max_output_tokens": 8000})
        ours = create(
            {**values, "name": "B", "model": "qwen", "max_output_tokens": 8000}
        )
        limited = create(
            {**values, "name": "C", "model": old, "max_output_tokens": 6000}
        )
        archived = create({**values, "name": "D", "model": old, "active": False})
        elsewhere = create(
            {
                "name": "E",
                "preset": "compatible",
                "base_url": "http://localhost:1/v1",
                "model": old,
            }
        )
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.run_migration("19.0.1.2.0/post-default-models.py", "19.0.1.1.0")
        new = llm.PRESETS["groq"].default_model
        self.assertEqual((left.model, left.thinking), (new, "low"))
        self.assertEqual(left.max_output_tokens, 4000)
        self.assertIn(old, left.message_ids[0].body)
        self.assertEqual((ours.model, ours.max_output_tokens), ("qwen", 8000))
        self.assertEqual((limited.model, limited.max_output_tokens), (new, 6000))
        self.assertEqual(archived.model, new)
        self.assertEqual(elsewhere.model, old)
