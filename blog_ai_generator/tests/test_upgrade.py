# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

from psycopg2.extras import Json

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import BlogAiCase, create_provider

MIGRATIONS = Path(__file__).parents[1] / "migrations"
# The models whose list prices the addon knows.
OLD, NEW = "gpt-4.1-mini", "gpt-6-luna"
GONE = "<xpath expr='//button[@name=&quot;gone&quot;]' position='replace'/>"


@tagged("post_install", "-at_install")
class TestUpgrade(BlogAiCase):
    """Providers of a version that had no list prices, and entered prices only."""

    def provider(self, price_in=0.0, price_out=0.0, **values):
        values = {"name": "OpenAI", "preset": "openai", "model": OLD, **values}
        provider = create_provider(self.env, "k", **values)
        provider.write({"price_in": price_in, "price_out": price_out})
        provider.price_cached = 0.0
        return provider

    def upgrade(self):
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE blog_ai_provider DROP COLUMN listed_prices")
        self.run_scripts("pre-*.py")
        names = ["blog.ai.provider"]
        self.registry.init_models(self.env.cr, names, {"models_to_check": True})
        self.env.flush_all()
        self.run_scripts("post-prices.py")
        self.env.flush_all()
        self.env.invalidate_all()

    def run_scripts(self, pattern):
        for path in sorted((MIGRATIONS / "19.0.1.2.0").glob(pattern)):
            self.run_migration(path, "19.0.1.0.0")

    def prices(self, record):
        return record.price_in, record.price_cached, record.price_out

    def test_the_thinking_of_a_provider_stays_with_its_service(self):
        provider = self.provider()
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE blog_ai_provider DROP COLUMN thinking CASCADE")
        for _time in range(2):
            self.run_scripts("pre-thinking.py")
        self.env.cr.execute(
            "SELECT thinking FROM blog_ai_provider WHERE id = %s", [provider.id]
        )
        self.assertEqual(self.env.cr.fetchall(), [(None,)])

    def test_the_calendar_keeps_its_address(self):
        calendar = self.env.ref("blog_ai_generator.action_plan")
        calendar.path = False
        calendar.flush_recordset()
        earlier = calendar.copy({"path": "blog-ai-calendar"})
        self.run_migration("19.0.1.3.0/pre-calendar.py", "19.0.1.2.0")
        calendar.path = "blog-ai-calendar"
        self.assertFalse(earlier.path)

    def test_a_form_loses_a_button_that_an_earlier_view_changed(self):
        name = "blog_ai_generator.blog_ai_generation_view_form"
        form, earlier = self.env.ref(name), self.env.ref(f"{name}_translation")
        with self.assertRaisesRegex(ValidationError, "cannot be located"):
            earlier.with_context(lang=None).arch_db = GONE
        self.env.cr.execute(
            "UPDATE ir_ui_view SET arch_db = %s WHERE id = %s",
            [Json({"en_US": GONE}), earlier.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "cannot be located"):
            form.arch_db = form.arch_db.replace("</form>", " </form>")
        self.run_migration("19.0.1.4.0/pre-views.py", "19.0.1.3.0")
        self.env.invalidate_all()
        form.arch_db = form.arch_db.replace("</form>", " </form>")
        self.assertEqual(earlier.arch_db, "<data/>")

    def test_prices_that_somebody_entered_stay(self):
        provider = self.provider(0.3, 1.1)
        self.upgrade()
        self.assertEqual(self.prices(provider), (0.3, 0.0, 1.1))
        self.assertFalse(provider.price_note)

    def test_a_provider_without_prices_gets_list_prices(self):
        provider, archived = self.provider(), self.provider(active=False)
        self.upgrade()
        for each in provider + archived:
            self.assertEqual(self.prices(each), (0.4, 0.1, 1.6))
            self.assertIn("List price of", each.price_note)

    def test_no_price_is_made_up(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        unlisted = self.provider(model="unheard-of")
        billed_in_euro = self.provider(currency_id=euro.id)
        self.upgrade()
        for provider in unlisted + billed_in_euro:
            self.assertEqual(self.prices(provider), (0, 0, 0))
            self.assertIn("Not known", provider.price_note)

    def test_the_form_proposes_the_list_price_of_the_model_that_is_chosen(self):
        provider, unlisted = self.provider(), self.provider(model="unheard-of")
        self.upgrade()
        for each in provider + unlisted:
            with Form(each) as form:
                form.model = NEW
                self.assertEqual(self.prices(form), (0.1, 0.01, 0.5))
                self.assertIn("List price of", form.price_note)
                form.model = "unheard-of-2"
                self.assertEqual(self.prices(form), (0, 0, 0))


@tagged("post_install", "-at_install")
class TestIndexes(BlogAiCase):
    def test_the_log_of_calls_has_no_index_that_no_statement_uses(self):
        # Each call writes them all. An upgrade drops what is declared no more.
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'blog_ai_call'"
        )
        used = ("_company_id_index", "_generation_id_index", "_provider_id_index")
        names = {
            f"blog_ai_call_{name}" for name in (*used, "by_month", "pending", "pkey")
        }
        self.assertEqual({name for (name,) in self.env.cr.fetchall()}, names)
