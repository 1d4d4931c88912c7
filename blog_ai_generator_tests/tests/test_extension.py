# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from unittest.mock import patch

from odoo import fields, models
from odoo.tests import Form, tagged
from odoo.tools import LazyTranslate

from odoo.addons.blog_ai_generator import llm, messages
from odoo.addons.blog_ai_generator.pump import Failure
from odoo.addons.blog_ai_generator.tests.common import BlogAiCase

# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)


class HouseAdapter(llm.Adapter):
    """A protocol that the product does not know."""

    def __init__(self):
        self.accounts = []

    def complete(self, prompt, account, deadline):
        self.accounts.append(account)
        reply = llm.PROTOCOLS["offline"].complete(prompt, account, deadline)
        return replace(reply, model="house-1")

    def list_models(self, account, deadline):
        return ("house-1", "house-2")


class HouseProvider(models.Model):
    """The extension of providers by an integrator's addon."""

    # It has no module: it joins the registry of these tests, and no other.
    _module = None
    _name = "blog.ai.provider"
    _inherit = ["blog.ai.provider"]

    house_style = fields.Char()

    def _account(self, model="", deadline=90.0):
        account = super()._account(model, deadline)
        return replace(account, options={"style": self.sudo().house_style})


class HouseGeneration(models.Model):
    """The extension of generations by an addon that knows the pages of the site."""

    _module = None
    _name = "blog.ai.generation"
    _inherit = ["blog.ai.generation"]

    def _prepare_request(self):
        page = llm.Link("Our hives", "https://www.example.com/hives")
        return replace(super()._prepare_request(), links=(page,))


@tagged("post_install", "-at_install")
class TestExtension(BlogAiCase):
    """Add a protocol with its own setting, as an integrator does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.dict(llm.PROTOCOLS))
        cls.adapter = HouseAdapter()
        llm.register("house", cls.adapter)
        cls.extend(HouseProvider)
        cls.extend(HouseGeneration)
        form = cls.env.ref("blog_ai_generator.blog_ai_provider_view_form")
        cls.env["ir.ui.view"].create(
            {
                "name": "House style",
                "model": "blog.ai.provider",
                "inherit_id": form.id,
                "arch": "<field name='protocol' position='after'>"
                "<field name='house_style'/></field>",
            }
        )

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(messages.MESSAGES))

    def house_provider(self):
        with Form(self.env["blog.ai.provider"]) as form:
            form.name = "House"
            form.preset = "compatible"
            form.protocol = "house"
            form.base_url = "http://localhost:8000/v1"
            form.model = "house-2"
            form.house_style = "dry"
        return form.record

    def test_its_protocol_and_its_setting_are_in_the_form(self):
        provider = self.house_provider()
        self.assertEqual(provider.protocol, "house")
        self.assertEqual(provider.house_style, "dry")

    def test_a_post_is_written_by_it(self):
        generation = self.ask(provider_id=self.house_provider().id)
        self.attempt(generation)
        self.assertEqual(generation.state, "done", generation.error)
        self.assertTrue(generation.post_id)
        self.assertEqual(generation.call_ids.model_answered, "house-1")

    def test_its_setting_reaches_its_adapter(self):
        self.attempt(self.ask(provider_id=self.house_provider().id))
        account = self.adapter.accounts[-1]
        self.assertEqual(
            (account.model, account.options), ("house-2", {"style": "dry"})
        )

    def test_its_pages_are_offered_and_may_be_linked_to(self):
        generation = self.ask()
        self.attempt(generation)
        self.assertIn(
            'href="https://www.example.com/hives"', generation.post_id.content
        )

    def test_what_it_refuses_keeps_its_code(self):
        refusal = llm.LLMError("permission", "no such member")
        with patch.object(self.adapter, "complete", side_effect=refusal):
            with self.assertRaises(llm.LLMError) as caught:
                llm.check_connection(self.house_provider()._account())
        self.assertEqual(caught.exception.key, "permission")

    def failed(self, **reason):
        """Return a generation that its adapter refused."""
        generation = self.ask(provider_id=self.house_provider().id)
        refusal = llm.LLMError("permission", "no such member", **reason)
        self.attempt(generation, Failure.of(refusal))
        return generation.with_user(self.writer)

    def test_its_refusal_has_the_product_s_message(self):
        self.assertIn("does not allow this model", self.failed().error)

    def test_its_refusal_has_the_message_that_it_registers(self):
        messages.register(
            "permission.member",
            _lt("%(name)s is no member of the house."),
            _lt("Ask an administrator to add them."),
        )
        generation = self.failed(reason="member", values={"name": "Rosa"})
        self.assertEqual(
            generation.error,
            "Rosa is no member of the house. Ask an administrator to add them.",
        )

    def test_its_refusal_in_its_own_words_is_shown_as_it_is(self):
        text = "Members only. Join the house."
        generation = self.failed(reason="member", values={"text": text})
        self.assertEqual(generation.error, text)

    def test_its_models_are_offered(self):
        account = self.house_provider()._account()
        self.assertEqual(llm.list_models(account).names, ("house-1", "house-2"))
