# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import runpy
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Failed, Failure, Limits, react
from odoo.addons.blog_ai_generator.pump.outcome import call, checked


def call_that_used(usage, kind="article", outcome="ok") -> llm.CallRecord:
    """Return the writer's record of a request of 5 ms."""
    return llm.CallRecord(kind, "m", "m", usage, 5, outcome, 200, "", "", "")


def create_provider(env, key: str, **values):
    """Create a provider with a key; ``create`` must not carry one."""
    provider = env["blog.ai.provider"].create(values)
    provider.set_api_key(key)
    return provider


def outcome_of(claim):
    """Call the provider and check its answer, as a pump does."""
    found = call(claim, llm.Cancellation())
    return found if isinstance(found, Failed) else checked(claim, found)


def _ask_at_once(ask, question) -> None:
    """Stand in for ``blog.ai.ask._start``, in the transaction of a test."""
    if account := ask._begin():
        ask._end(react(question, account, llm.Cancellation()))


class BlogAiCase(TransactionCase):
    """A blog, a writer and the offline provider; attempts without threads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.blog = cls.env["blog.blog"].create({"name": "Unit blog"})
        cls.offline = cls.env.ref("blog_ai_generator.provider_offline")
        cls.writer = cls.new_editor("unit-writer")
        cls.reader = cls.env["res.partner"].create(
            {"name": "Reader", "email": "reader@example.com"}
        )

    @classmethod
    def new_editor(cls, login="unit-other", **values):
        """Create a website editor."""
        groups = "base.group_user,website.group_website_designer"
        return new_test_user(cls.env, login, groups=groups, **values)

    def setUp(self):
        super().setUp()
        # A thread would not see what this test has not committed.
        self.patch(self.registry["blog.ai.ask"], "_start", _ask_at_once)

    def run_migration(self, script, version="19.0.1.2.0"):
        """Run a script of ``migrations/``, which an upgrade from a version runs."""
        self.env.flush_all()
        path = Path(__file__).parents[1] / "migrations" / script
        runpy.run_path(str(path))["migrate"](self.env.cr, version)
        self.env.flush_all()
        self.env.invalidate_all()

    def press(self, provider, button):
        """Press a button that asks a provider.

        :return: what the person reads then
        :raises UserError: with that, if it failed
        """
        return self.answer_to(getattr(provider, button)()["params"])["message"]

    def answer_to(self, asked, user=None):
        """Return what the browser of a user sees of a call that has ended.

        :raises UserError: if it failed
        """
        asks = self.env["blog.ai.ask"].with_user(user or self.env.user)
        seen = asks.browse(asked["id"]).look()
        if seen["state"] == "failed":
            raise UserError(seen["message"])
        self.assertEqual(seen["state"], "done")
        return seen

    @classmethod
    def extend(cls, definition: type, *also: str) -> None:
        """Add ``definition`` to its model, as loading its addon would.

        odoo-test-helper 2.1.3 does not import on 19: ``MetaModel.module_to_models`` is
        gone (``_module_to_models__``, odoo/orm/models.py:210), and ``Registry.load``
        takes no cursor any more (odoo/orm/registry.py:366).

        :param also: names of the models that inherit from it
        """
        # Core's tests import it here, too: its linter refuses it at the top of a file.
        from odoo.orm.model_classes import add_to_registry

        names = [definition._name, *also]
        model = cls.registry[definition._name]

        def restore(bases=model._base_classes__):
            model._base_classes__ = bases
            cls.registry._setup_models__(cls.env.cr, names)

        cls.addClassCleanup(restore)
        add_to_registry(cls.registry, definition)
        cls.registry._setup_models__(cls.env.cr, names)
        cls.registry.init_models(cls.env.cr, names, {"models_to_check": True})

    def ask(self, topic="Lemons in pots", **values):
        return self.env["blog.ai.generation"].create(
            {
                "topic": topic,
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                **values,
            }
        )

    def sent_on_bus(self, wanted: str, act, *args, **kwargs) -> list[dict]:
        sent = []
        bus = type(self.env["bus.bus"])
        with patch.object(bus, "_sendone", lambda bus, *args: sent.append(args)):
            act(*args, **kwargs)
        return [content for _to, kind, content in sent if kind == wanted]

    def french_blog(self):
        """Make a blog on a French website of its own."""
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        website = self.env["website"].create(
            {
                "name": "Le site",
                "language_ids": [(4, lang.id)],
                "default_lang_id": lang.id,
            }
        )
        return self.env["blog.blog"].create(
            {"name": "Le blog", "website_id": website.id}
        )

    def too_costly(self):
        """Return a provider of which no call fits into the budget of the company."""
        self.env.company.blog_ai_budget = 0.01
        return create_provider(
            self.env,
            "k",
            name="Paid",
            preset="compatible",
            base_url="https://llm.example/v1",
            model="m",
            price_in=1000,
            price_out=1000,
        )

    def give_to(self, company, provider):
        """Set the company past the check, as older databases may have it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE blog_ai_provider SET company_id = %s WHERE id = %s",
            [company.id, provider.id],
        )
        provider.invalidate_recordset()

    def archive(self, provider):
        """Archive past the check, as older databases may have it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE blog_ai_provider SET active = FALSE WHERE id = %s", [provider.id]
        )
        provider.invalidate_recordset()

    def attempt(self, generation, failure: Failure | None = None, meanwhile=None):
        """Make one attempt as the pump does; it succeeds unless a failure is given.

        :param meanwhile: called while the provider writes
        """
        limits = Limits.of(self.env)
        generation.flush_recordset()
        (claim,) = generation._claim(1, limits, generation.ids)
        if meanwhile:
            meanwhile()
        generation.invalidate_recordset()
        generation._store(Failed(claim, failure) if failure else outcome_of(claim))
        return claim
