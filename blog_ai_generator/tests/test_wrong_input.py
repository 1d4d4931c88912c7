# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator.llm.prompt import article_prompt
from odoo.addons.blog_ai_generator.models.blog_ai_slot import WEEKDAYS
from odoo.addons.blog_ai_generator.pump.limits import SETTINGS, Limits

from .common import BlogAiCase

HUGE = "Watering. " * 30_000


@tagged("post_install", "-at_install")
class TestWrongInput(BlogAiCase):
    """Input that can't be used is refused at once, with what to do instead."""

    def topic(self, name="Lemons in pots", **values):
        return self.env["blog.ai.topic"].create(
            {"name": name, "blog_id": self.blog.id, **values}
        )

    def slot(self, **values):
        return self.env["blog.ai.slot"].create(
            {
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "lang": "en_US",
                **values,
            }
        )

    def wizard(self, topic="Lemons in pots", **values):
        with Form(self.env["blog.ai.write"].with_user(self.writer)) as form:
            form.topic = topic
            form.blog_id = self.blog
            form.provider_id = self.offline
            for name, value in values.items():
                setattr(form, name, value)
        return form.record

    def provider(self, **values):
        return self.env["blog.ai.provider"].create(
            {
                "name": "Box",
                "preset": "compatible",
                "base_url": "https://llm.example.com/v1",
                **values,
            }
        )

    def settings(self, **values):
        settings = self.env["res.config.settings"].create(values)
        settings.execute()
        return settings

    # Topics

    def test_the_wizard_asks_for_a_topic(self):
        with self.assertRaisesRegex(ValidationError, "Say what to write about"):
            self.wizard("   ")

    def test_a_topic_that_is_only_an_address_is_refused(self):
        address = "https://www.example.com/lemons?page=2."
        for ask in (self.topic, self.wizard, self.ask):
            with self.assertRaisesRegex(ValidationError, "Say in words"):
                ask(address)

    def test_a_topic_may_name_an_address(self):
        for name in ("What is new at https://www.example.com/", "Node.js"):
            self.assertEqual(self.topic(name).name, name)

    def test_pasted_addresses_are_refused_and_named(self):
        wizard = self.env["blog.ai.topic.paste"].create(
            {"blog_id": self.blog.id, "lines": "Lemons\nhttps://example.com/figs"}
        )
        with self.assertRaisesRegex(ValidationError, "example.com/figs.*in words"):
            wizard.action_add()

    def test_huge_notes_are_refused_in_the_queue(self):
        with self.assertRaisesRegex(ValidationError, "300000 characters. Shorten"):
            self.topic(notes=HUGE)
        topic = self.topic()
        with self.assertRaisesRegex(ValidationError, "Shorten"):
            topic.notes = HUGE

    def test_huge_notes_are_refused_in_the_wizard(self):
        with self.assertRaisesRegex(ValidationError, "300000 characters. Shorten"):
            self.wizard(notes=HUGE)

    def test_keywords_beyond_what_is_sent_are_refused(self):
        topic = self.topic()
        for ask in (self.topic, self.ask):
            with self.assertRaisesRegex(ValidationError, "299999 characters. Keep the"):
                ask(keywords="Watering, " * 30_000)
        with self.assertRaisesRegex(ValidationError, "501 characters. Keep the"):
            topic.keywords = "k" * 501
        # They are sent with a blank after each comma.
        with self.assertRaisesRegex(ValidationError, "504 characters. Keep the"):
            topic.keywords = ",".join(["pots", "pails", *["jam"] * 98, "k"])
        topic.keywords = ", ".join(["k" * 249] * 2)
        self.assertEqual(len(topic.keywords), 500)

    def test_all_keywords_that_are_taken_are_sent(self):
        keywords = ",".join(f"k{number:03}" for number in range(83))
        request = self.ask(keywords=keywords)._prepare_request()
        sent = article_prompt(request, 8000).user
        self.assertIn(", ".join(keywords.split(",")), sent)

    # Slots

    def test_a_slot_without_weekdays_is_refused(self):
        slot = self.slot()
        with self.assertRaisesRegex(ValidationError, "Choose at least one weekday"):
            slot.write(dict.fromkeys(WEEKDAYS, False))

    def test_an_unknown_time_zone_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Choose one from the list"):
            self.slot(tz="Mars/Olympus_Mons")
        slot = self.slot()
        with self.assertRaisesRegex(ValidationError, "Mars/Olympus_Mons"):
            slot.tz = "Mars/Olympus_Mons"

    @mute_logger("odoo.models")
    def test_an_unknown_time_zone_is_refused_in_an_import(self):
        columns = ["name", "blog_id/.id", "provider_id/.id", "lang", "tz"]
        row = ["Daybreak", str(self.blog.id), str(self.offline.id), "en_US", "Mars"]
        result = self.env["blog.ai.slot"].load(columns, [row])
        self.assertFalse(result["ids"])
        (message,) = result["messages"]
        self.assertEqual(message["field"], "tz")
        self.assertIn("Mars", message["message"])

    def test_an_hour_that_is_no_number_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Choose a time in that range"):
            self.slot(hour=math.nan)

    # Providers

    def test_an_address_without_a_scheme_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "https://llm.example.com/v1"):
            self.provider(base_url="llm.example.com/v1")

    def test_a_price_is_a_number_and_not_below_zero(self):
        provider = self.provider()
        for price in (-1, -0.5, math.nan, math.inf, -math.inf, 1e30):
            for name in ("price_in", "price_cached", "price_out"):
                with self.subTest(price=price, name=name):
                    with self.assertRaisesRegex(
                        ValidationError, "is not a price. Enter"
                    ):
                        provider.write({name: price})
                    with self.assertRaisesRegex(
                        ValidationError, "is not a price. Enter"
                    ):
                        self.provider(**{name: price})
        provider.price_in = 0.075
        self.assertEqual(provider.price_in, 0.075)

    # Settings

    def test_limits_out_of_range_are_refused_with_the_range(self):
        for name, value, words in (
            ("width", 0, "between 1 and 64"),
            ("width", 65, "between 1 and 64"),
            ("max_attempts", 0, "between 1 and 10"),
            ("max_attempts", 11, "between 1 and 10"),
            ("keep_calls_days", -1, "0 to 36500"),
        ):
            with (
                self.subTest(name=name, value=value),
                self.assertRaisesRegex(ValidationError, words),
            ):
                self.settings(**{f"blog_ai_{name}": value})

    def test_parameters_set_by_hand_do_not_block_the_settings(self):
        parameters = self.env["ir.config_parameter"]
        for nonsense in ("1e99", "nan", "-inf", "many", "-5"):
            for name in SETTINGS:
                parameters.set_param(f"blog_ai_generator.{name}", nonsense)
            with self.subTest(nonsense):
                limits = Limits.of(self.env)
                settings = self.settings()
                self.assertEqual(settings.blog_ai_width, limits.width)
                self.assertEqual(Limits.of(self.env), limits)

    def test_zero_days_keep_call_details_for_ever(self):
        self.settings(blog_ai_keep_calls_days=0)
        self.assertEqual(Limits.of(self.env).keep_calls_days, 0)
        self.assertEqual(self.settings().blog_ai_keep_calls_days, 0)

    # Other people's input

    def test_nobody_reads_what_somebody_else_types(self):
        other = self.new_editor()
        mine = self.wizard(notes="Not for everybody")
        with self.assertRaises(AccessError):
            mine.with_user(other).read(["notes"])
        with self.assertRaises(AccessError):
            mine.with_user(other).action_write()
        self.assertTrue(mine.with_user(self.writer).action_write())

    def test_somebody_without_a_blog_creates_one_in_the_wizard(self):
        blog = self.env["blog.blog"].with_user(self.writer).name_create("Orchard")[0]
        wizard = self.wizard(blog_id=self.env["blog.blog"].browse(blog))
        self.assertTrue(wizard.action_write()["res_id"])

    # Rejecting without writing again

    def rejected(self, **values):
        topic = self.topic()
        generation = self.ask(topic_id=topic.id, reviewer_id=self.writer.id)
        self.attempt(generation)
        self.env["blog.ai.reject"].create(
            {
                "generation_id": generation.id,
                "reason": "Too vague.",
                "again": False,
                **values,
            }
        ).action_reject()
        return topic

    def test_a_topic_is_dropped_with_its_rejected_draft(self):
        topic = self.rejected()
        self.assertEqual(topic.state, "dropped")
        topic.action_requeue()
        self.assertEqual(topic.state, "waiting")

    def test_a_topic_of_a_rejected_draft_may_wait_again(self):
        topic = self.rejected(requeue=True)
        self.assertEqual(topic.state, "waiting")
        slot = self.slot(hour=8.0)
        slot.action_run_now()
        self.assertEqual(slot.day_ids.generation_id.topic_id, topic)

    def test_a_huge_reason_is_refused_whether_it_is_written_again_or_not(self):
        for again in (False, True):
            with self.assertRaisesRegex(ValidationError, "300000 characters. Shorten"):
                self.rejected(reason="Watering. " * 30_000, again=again)
        self.assertEqual(self.rejected(reason="r" * 4000).state, "dropped")

    # Costs

    def test_dollars_and_euros_are_not_added(self):
        self.env.ref("base.EUR").active = True
        euros = self.provider(currency_id=self.env.ref("base.EUR").id)
        dollars = self.provider(currency_id=self.env.ref("base.USD").id)
        generations = self.env["blog.ai.generation"]
        for provider, cost in ((euros, 1.0), (dollars, 2.0), (dollars, 4.0)):
            generations += self.ask(provider_id=provider.id, cost=cost)
        mine = [("id", "in", generations.ids)]
        ((total,),) = generations._read_group(mine, [], ["cost:sum"])
        self.assertFalse(total)
        totals = generations._read_group(mine, ["currency_id"], ["cost:sum"])
        self.assertEqual(sorted(cost for _currency, cost in totals), [1.0, 6.0])

    # Where to get a key

    def test_a_provider_says_where_to_get_a_key(self):
        with Form(self.env["blog.ai.provider"]) as form:
            form.preset = "openrouter"
            self.assertEqual(form.key_url, "https://openrouter.ai/settings/keys")
            self.assertIn("One key", form.preset_help)

    # An email without a sender

    def test_a_mail_without_a_sender_is_told_on_the_generation(self):
        self.env.company.email = False
        self.env.company.partner_id.email = False
        self.env.user.email = False
        self.writer.email = False
        generation = self.ask(
            publish=True,
            recipient_ids=[(6, 0, self.reader.ids)],
            user_id=self.writer.id,
        )
        self.attempt(generation)
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.reader.ids)])
        self.assertFalse(mail.email_from)
        # Odoo's email queue writes this if no default sender is configured.
        mail.write({"state": "exception", "failure_type": "mail_from_missing"})
        self.assertIn("has no sender", generation.mail_error)
