# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import BlogAiCase, create_provider


@tagged("post_install", "-at_install")
class TestProviderList(BlogAiCase):
    """The default provider and the result of its last connection test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.openai = create_provider(
            cls.env, "sk-1", name="OpenAI", preset="openai", sequence=-1
        )
        cls.providers = cls.openai + cls.offline

    def proposed(self):
        self.providers.invalidate_recordset()
        default = self.providers.filtered("is_default")
        blog = {"blog_id": self.blog.id}
        self.assertEqual(self.env["blog.ai.write"].new(blog).provider_id, default)
        return default

    def test_the_default_provider_is_marked(self):
        self.assertEqual(self.proposed(), self.openai)
        self.openai.api_key = False
        self.assertEqual(self.proposed(), self.offline)
        self.company.blog_ai_provider_id = self.openai
        self.assertEqual(self.proposed(), self.openai)

    def test_the_form_says_which_provider_is_used(self):
        self.assertIn("use OpenAI. To", self.offline.default_note)
        self.assertIn("now, as none is chosen", self.openai.default_note)
        self.company.blog_ai_provider_id = self.openai
        self.providers.invalidate_recordset()
        self.assertEqual(
            self.openai.default_note, "New posts and slots use this provider."
        )
        self.assertFalse(self.env["blog.ai.provider"].new({}).default_note)

    def test_a_new_provider_does_not_take_over_from_another_real_one(self):
        self.openai.sequence = self.openai._fields["sequence"].default(self.openai)
        create_provider(self.env, "sk-2", name="Newer", preset="openai")
        self.assertEqual(self.company._blog_ai_default_provider(), self.openai)

    def called(self, provider, outcome, kind="test"):
        values = {"provider_id": provider.id, "kind": kind, "outcome": outcome}
        call = self.env["blog.ai.call"].create(values)
        self.providers.invalidate_recordset()
        return call

    def test_the_result_of_the_last_connection_test_is_shown(self):
        self.assertFalse(self.openai.last_test)
        self.called(self.openai, "ok")
        refused = self.called(self.openai, "authentication")
        self.called(self.openai, "ok", kind="models")
        self.assertEqual(self.openai.last_test, "authentication")
        self.assertEqual(self.openai.last_test_at, refused.create_date)
        self.assertFalse(self.offline.last_test)
        self.called(self.openai, "ok")
        seen = self.openai.with_user(self.writer)
        self.assertEqual(seen.last_test, "ok")
