# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import convert_file
from odoo.tools.safe_eval import safe_eval

from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Failure

from .common import BlogAiCase

MODULE = "blog_ai_generator"
NAMES = ("published", "to_review", "failed", "cost")
WEEK = "kpi_col2"
WEEKLY = "blog_ai_generator.digest_week"


@tagged("post_install", "-at_install")
class TestDigest(BlogAiCase):
    """Odoo's periodic email has the figures of Blog AI."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nothing of other tests and demo data is counted.
        cls.company = cls.env["res.company"].create({"name": "Digest house"})
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Weekly",
                "company_id": cls.company.id,
                **{f"kpi_blog_ai_{name}": True for name in NAMES},
            }
        )
        cls.writer.write(
            {"company_ids": [(4, cls.company.id)], "company_id": cls.company.id}
        )

    def ask(self, topic, **values):
        return super().ask(topic, company_id=self.company.id, **values)

    def attempt(self, generation, *args):
        """Make the attempt an hour ago: the present second is not counted."""
        claim = super().attempt(generation, *args)
        generation.finished_at -= timedelta(hours=1)
        for post in generation.post_ids.filtered("published_date"):
            post.published_date -= timedelta(hours=1)
        return claim

    def kpis(self, user=None):
        self.env.flush_all()
        found = self.digest._compute_kpis(self.company, user or self.writer)
        prefix = "kpi_blog_ai_"
        return {
            kpi["kpi_name"].removeprefix(prefix): kpi
            for kpi in found
            if kpi["kpi_name"].startswith(prefix)
        }

    def test_posts_of_the_week_are_counted_by_what_became_of_them(self):
        for topic in ("Figs", "Plums"):
            self.attempt(self.ask(topic, publish=True))
        self.attempt(self.ask("Limes", reviewer_id=self.writer.id))
        refused = Failure("quota", Message("quota"))
        failed = [self.ask(topic) for topic in ("Nuts", "Kale", "Peas")]
        for generation in failed:
            self.attempt(generation, refused)
        failed[0].finished_at -= timedelta(days=20)
        kpis = self.kpis()
        week = {name: kpis[name][WEEK]["value"] for name in NAMES[:3]}
        self.assertEqual(week, {"published": 2, "to_review": 1, "failed": 2})
        self.assertEqual(kpis["failed"]["kpi_col3"]["value"], 3, "In 30 days")

    def test_a_draft_that_was_written_long_ago_waits_still(self):
        generation = self.ask("Limes", reviewer_id=self.writer.id)
        self.attempt(generation)
        generation.finished_at -= timedelta(days=40)
        waiting = self.kpis()["to_review"]
        for column in ("kpi_col1", "kpi_col2", "kpi_col3"):
            with self.subTest(column):
                self.assertEqual(waiting[column]["value"], 1)
                self.assertFalse(waiting[column]["margin"])

    def test_a_draft_that_was_reviewed_waits_no_more(self):
        generation = self.ask("Limes", reviewer_id=self.writer.id)
        self.attempt(generation)
        at = fields.Datetime.now() - timedelta(hours=1)
        generation.with_user(self.writer)._approve(at)
        kpis = self.kpis()
        self.assertEqual(kpis["to_review"][WEEK]["value"], 0)
        self.assertEqual(kpis["published"][WEEK]["value"], 1)

    def test_the_cost_is_that_of_all_calls_in_the_currency_of_the_company(self):
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        (euro + dollar).active = True
        self.company.currency_id = euro
        dollar.rate_ids = False
        dollar.rate_ids.create(
            {"currency_id": dollar.id, "rate": 2.0, "company_id": self.company.id}
        )
        for currency, cost in ((euro, 1.5), (dollar, 3.0), (euro, False)):
            self.env["blog.ai.call"].create(
                {
                    "company_id": self.company.id,
                    "provider_id": self.offline.id,
                    "currency_id": currency.id,
                    "outcome": "ok",
                    "cost": cost,
                }
            )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE blog_ai_call SET create_date = create_date - interval '1 hour' "
            "WHERE company_id = %s",
            [self.company.id],
        )
        self.assertEqual(self.kpis()["cost"][WEEK]["value"], "3€")

    def test_translations_wait_with_the_drafts(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        generation = self.ask("Limes", publish=True)
        self.attempt(generation)
        generations = self.env["blog.ai.generation"]
        values = generations._prepare_translation(generation.post_id, "en_US", "fr_FR")
        mine = {"company_id": self.company.id, "review_state": "pending"}
        generations.create({**values, **mine})
        waiting = self.kpis()["to_review"]
        self.assertEqual(waiting[WEEK]["value"], 1)
        title = self.digest._fields["kpi_blog_ai_to_review"].string
        self.assertIn("Translations", title)

    def test_what_waits_is_counted_for_all_digests_together(self):
        generation = self.ask("Limes", reviewer_id=self.writer.id)
        self.attempt(generation)
        other = self.env["res.company"].create({"name": "Another house"})
        others = [
            {"name": "Other", "company_id": other.id},
            {"name": "Own", "company_id": False},
        ]
        digests = self.digest + self.digest.create(others)
        digests = digests.with_company(self.company)
        name = "kpi_blog_ai_to_review_value"
        counts = []
        for some in (digests[0], digests[0], digests):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("company_id.name")
            before = self.env.cr.sql_log_count
            some.mapped(name)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual([digest[name] for digest in digests], [1, 0, 1])
        self.assertEqual(counts[1], counts[2])

    def test_the_lists_have_what_was_counted(self):
        for topic in ("Figs", "Plums"):
            self.attempt(self.ask(topic, publish=True))
        ahead = self.ask("Ahead")
        self.attempt(ahead)
        ahead._approve(datetime(2099, 1, 1, 9), or_plain=True)
        failed = [self.ask(topic) for topic in ("Nuts", "Kale", "Peas")]
        for generation in failed:
            self.attempt(generation, Failure("quota", Message("quota")))
        failed[0].finished_at -= timedelta(days=20)
        failed[1].finished_at -= timedelta(days=50)
        for name, kpi in self.kpis().items():
            action = self.env.ref(kpi["kpi_action"].partition("?")[0])
            if name in ("published", "failed"):
                mine = [("company_id", "=", self.company.id)]
                found = self.env[action.res_model].search(
                    safe_eval(action.domain) + mine
                )
                with self.subTest(name):
                    self.assertEqual(kpi["kpi_col3"]["value"], 2)
                    self.assertEqual(len(found), 2)

    def test_each_figure_leads_to_its_list(self):
        for name, kpi in self.kpis().items():
            with self.subTest(name):
                xmlid, _sep, menu = kpi["kpi_action"].partition("?menu_id=")
                self.assertTrue(self.env.ref(xmlid))
                self.assertTrue(self.env["ir.ui.menu"].browse(int(menu)).exists())

    def test_nobody_but_editors_has_the_figures_in_their_email(self):
        clerk = new_test_user(
            self.env,
            "clerk",
            groups="base.group_user",
            company_ids=[(6, 0, self.company.ids)],
            company_id=self.company.id,
        )
        self.assertEqual(self.kpis(clerk), {})
        self.assertEqual(set(self.kpis()), set(NAMES))

    def load(self):
        """Load the data file as the installation does."""
        convert_file(self.env, MODULE, "data/digest_data.xml", {}, "init", True)

    def test_an_installation_changes_the_digest_of_odoo_alone(self):
        default = self.env.ref("digest.digest_digest_default")
        names = [f"kpi_blog_ai_{name}" for name in NAMES]
        digests = default + self.digest
        digests.write(dict.fromkeys(names, False))
        self.load()
        self.assertEqual([default[name] for name in names], [True] * 4)
        self.assertEqual([self.digest[name] for name in names], [False] * 4)

    def test_a_database_without_the_digest_of_odoo_can_install(self):
        self.env.ref("digest.digest_digest_default").unlink()
        self.load()
        self.assertFalse(self.env.ref("digest.digest_digest_default", False))

    def test_an_upgrade_switches_nothing_on_again(self):
        default = self.env.ref("digest.digest_digest_default")
        default.kpi_blog_ai_cost = False
        convert_file(self.env, MODULE, "data/digest_data.xml", {}, "update", True)
        self.assertFalse(default.kpi_blog_ai_cost)

    def test_the_digest_of_odoo_has_the_figures(self):
        default = self.env.ref("digest.digest_digest_default")
        self.assertTrue(all(default[f"kpi_blog_ai_{name}"] for name in NAMES))


@tagged("post_install", "-at_install")
class TestWeeklyDigest(BlogAiCase):
    """A digest of its own that is weekly, at first for the administrator."""

    def setUp(self):
        super().setUp()
        # As an installation does, whatever people have made of it in this database.
        self.env.ref(WEEKLY).unlink()
        self.load("init")
        self.digest = self.env.ref(WEEKLY)
        self.default = self.env.ref("digest.digest_digest_default")

    def load(self, mode):
        convert_file(self.env, MODULE, "data/digest_week.xml", {}, mode, True)

    def send(self):
        """Do what Odoo's scheduled action does; return the new emails."""
        emails = self.env["mail.mail"].search([])
        self.digest.action_send()
        return self.env["mail.mail"].search([]) - emails

    def test_it_has_the_figures_and_the_administrator_gets_it_at_first(self):
        self.assertEqual(self.digest.periodicity, "weekly")
        self.assertTrue(all(self.digest[f"kpi_blog_ai_{name}"] for name in NAMES))
        self.assertFalse(self.digest.company_id, "It is for all companies.")
        admin = self.env.ref("base.user_admin")
        self.assertEqual(self.digest.user_ids, admin)
        emails = self.env["mail.mail"].search([])
        self.digest.action_send_manual()
        mail = self.env["mail.mail"].search([]) - emails
        self.assertEqual(mail.email_to, admin.email_formatted)

    def test_a_database_without_its_administrator_can_install(self):
        self.digest.unlink()
        self.env["ir.model.data"].search(
            [("module", "=", "base"), ("name", "=", "user_admin")]
        ).unlink()
        self.load("init")
        self.assertFalse(self.env.ref(WEEKLY).user_ids)

    def test_it_stays_weekly_while_nobody_gets_it(self):
        self.digest.user_ids = False
        self.assertFalse(self.send())
        self.assertEqual(self.digest.periodicity, "weekly")
        next_week = fields.Date.today() + timedelta(days=7)
        self.assertEqual(self.digest.next_run_date, next_week)

    def test_who_is_added_gets_it_each_week(self):
        self.digest.user_ids = self.writer
        self.env["res.users.log"].with_user(self.writer).sudo().create({})
        mail = self.send()
        self.assertEqual(mail.email_to, self.writer.email_formatted)
        self.assertIn("AI Posts Published", mail.body_html)
        self.assertEqual(self.digest.periodicity, "weekly")

    def test_it_becomes_rare_for_people_who_stay_away_as_others_do(self):
        self.digest.user_ids = self.new_editor()
        self.send()
        self.assertEqual(self.digest.periodicity, "monthly")
        self.default.write({"user_ids": False, "periodicity": "daily"})
        self.assertEqual(self.default._check_daily_logs(), self.default)

    def test_an_upgrade_leaves_it_as_people_have_it(self):
        self.digest.periodicity = "monthly"
        self.load("update")
        self.assertEqual(self.digest.periodicity, "monthly")
        self.digest.unlink()
        self.load("update")
        self.assertFalse(self.env.ref(WEEKLY, False))
        self.assertFalse(self.default._check_daily_logs() - self.default)

    def test_the_upgrade_to_this_version_adds_it_once(self):
        values = self.default.read()
        self.digest.unlink()
        self.run_migration("19.0.1.5.0/post-digest.py", "19.0.1.4.0")
        digest = self.env.ref(WEEKLY)
        self.assertEqual(digest.periodicity, "weekly")
        self.assertFalse(digest.user_ids, "Nobody gets an email after an upgrade.")
        self.assertEqual(digest.state, "deactivated")
        digest.periodicity = "quarterly"
        self.run_migration("19.0.1.5.0/post-digest.py", "19.0.1.4.0")
        self.assertEqual(digest.periodicity, "quarterly")
        self.env.invalidate_all()
        self.assertEqual(self.default.read(), values, "Odoo's own stays as it is.")
