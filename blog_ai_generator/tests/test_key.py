# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import BlogAiCase, create_provider

KEY, OTHER = "sk-unit-abcdefghijkl", "sk-unit-mnopqrstuvwx"


@tagged("post_install", "-at_install")
class TestKey(BlogAiCase):
    """No value that a person or another addon sees contains an API key."""

    def log_changes(self, model: str) -> list[str]:
        """Log what OCA's auditlog does: what is given, and all columns around it."""
        logged, owner = [], self.registry[model]
        create, write = owner.create, owner.write
        columns = [name for name, field in owner._fields.items() if field.store]

        def log_create(records, vals_list):
            logged.append(repr(vals_list))
            created = create(records, vals_list)
            logged.append(repr(created.sudo().read(columns)))
            return created

        def log_write(records, vals):
            logged.extend((repr(vals), repr(records.sudo().read(columns))))
            result = write(records, vals)
            logged.append(repr(records.sudo().read(columns)))
            return result

        log_create._api_model = True
        self.patch(owner, "create", log_create)
        self.patch(owner, "write", log_write)
        return logged

    def assertNoKeyIn(self, logged):
        self.assertTrue(logged)
        for text in logged:
            self.assertNotIn("sk-unit", text)

    def test_a_key_that_is_saved_in_the_form_is_in_no_log_of_changes(self):
        logged = self.log_changes("blog.ai.provider")
        with Form(self.env["blog.ai.provider"]) as form:
            form.preset = "openai"
            form.api_key = KEY
        provider = form.record
        self.assertEqual(provider.api_key, KEY)
        with Form(provider) as form:
            form.name = "Ours"
            form.api_key = OTHER
        self.assertEqual(provider.api_key, OTHER)
        self.assertNoKeyIn(logged)

    def test_a_key_that_is_saved_in_the_settings_is_in_no_log_of_changes(self):
        provider = create_provider(self.env, KEY, name="Ours", preset="openai")
        logged = self.log_changes("blog.ai.provider")
        logged_settings = self.log_changes("res.config.settings")
        with Form(self.env["res.config.settings"]) as form:
            form.blog_ai_provider_id = provider
            form.blog_ai_api_key = OTHER
        form.record.execute()
        self.assertEqual(provider.api_key, OTHER)
        provider.write({"name": "Theirs"})
        self.assertNoKeyIn(logged)
        self.assertNoKeyIn(logged_settings)

    def test_create_and_write_refuse_a_key_before_anybody_logs_it(self):
        provider = self.offline.copy()
        for values in ({"api_key": KEY}, {"name": "Ours", "api_key": KEY}):
            with self.assertRaisesRegex(UserError, "set_api_key"):
                provider.write(values)
            with self.assertRaisesRegex(UserError, "set_api_key"):
                provider.create({"preset": "openai", "name": "Ours", **values})
        with self.assertRaisesRegex(UserError, "set_api_key"):
            self.env["res.config.settings"].create({"blog_ai_api_key": KEY})

    def test_nobody_reads_a_key_but_everybody_sees_if_there_is_one(self):
        provider = create_provider(self.env, KEY, name="Ours", preset="openai")
        provider = provider.with_user(self.env.ref("base.user_admin"))
        self.assertFalse(provider.read(["api_key"])[0]["api_key"])
        (shown,) = provider.web_read({"api_key": {}, "api_key_hint": {}})
        self.assertFalse(shown["api_key"])
        self.assertIn("Set.", shown["api_key_hint"])
        self.assertTrue(provider.has_api_key)
        provider.action_remove_api_key()
        self.assertFalse(provider.api_key)
        self.assertFalse(provider.has_api_key)
        self.assertFalse(provider.is_ready)

    def test_saving_without_a_new_key_keeps_the_present_one(self):
        provider = create_provider(self.env, KEY, name="Ours", preset="openai")
        with Form(provider) as form:
            form.name = "Still ours"
        self.assertEqual(provider.api_key, KEY)

    def test_another_service_does_not_get_the_key_of_this_one(self):
        provider = create_provider(self.env, KEY, name="Ours", preset="openai")
        provider.preset = "groq"
        self.assertFalse(provider.api_key)
        with Form(provider) as form:
            form.preset = "openai"
            form.api_key = OTHER
        self.assertEqual(provider.api_key, OTHER)

    def test_only_administrators_set_a_key(self):
        provider = create_provider(self.env, KEY, name="Ours", preset="openai")
        with self.assertRaises(AccessError):
            provider.with_user(self.writer).set_api_key(OTHER)
        self.assertEqual(provider.api_key, KEY)

    @mute_logger("odoo.sql_db")
    def test_a_file_cannot_import_a_key_past_the_form(self):
        rows = [["Ours", "openai", KEY]]
        told = self.env["blog.ai.provider"].load(["name", "preset", "api_key"], rows)
        self.assertFalse(told["ids"])
        self.assertIn("set_api_key", told["messages"][0]["message"])
