# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import dataclasses
from unittest.mock import patch

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..models.blog_ai_brief_mixin_texts import MAX_NOTES, NOT_FOR_THE_MODEL
from ..pump import Limits
from .common import BlogAiCase

TOPIC = "blog.ai.brief.mixin"
WHOLE = "blog.ai.full.brief.mixin"
BRIEFS = (
    WHOLE,
    "blog.ai.proposed.brief.mixin",
    "blog.ai.topic",
    "blog.ai.generation",
    "blog.ai.write",
    "blog.ai.slot",
)


class BriefOfAnAddon(models.AbstractModel):
    """A field that an addon adds to the brief."""

    # It has no module: it joins the registry of these tests, and no other.
    _module = None
    _name = "blog.ai.brief.mixin"
    _inherit = ["blog.ai.brief.mixin"]

    addon_text = fields.Char("Text of an Addon")


class BriefCase(BlogAiCase):
    """Briefs with a value in every field, handed on from one record to the next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.other = cls.offline.copy({"name": "Second", "model": "sample-2"})
        cls.env["blog.tag"].create({"name": "Citrus"})

    def value(self, name: str):
        """Return a value for a field of the brief that no default gives."""
        values = {
            "blog_id": self.blog.id,
            "lang": "fr_FR",
            "provider_id": self.other.id,
            "translation_langs": "fr_FR",
        }
        return values.get(name) or self.value_of_type(self.env[WHOLE]._fields[name])

    def value_of_type(self, field):
        if field.relational:
            (last,) = self.env[field.comodel_name].search([], limit=1, order="id desc")
            return [(6, 0, last.ids)] if field.type == "many2many" else last.id
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        return f"Some {field.name}" if field.type in ("char", "text") else True

    def brief(self, model: str = WHOLE) -> dict:
        """Return a value for each field that ``model`` declares."""
        return {name: self.value(name) for name in self.env[model]._brief_fields()}

    def topic(self, **values):
        return self.env["blog.ai.topic"].create({"name": "Lemons in pots", **values})

    def slot(self, **values):
        slot = self.env["blog.ai.slot"].create({"blog_id": self.blog.id, **values})
        slot.action_run_now()
        return slot.day_ids.generation_id

    def filled_in(self, action, **values):
        """Return the generation that an opened wizard asks for, unchanged."""
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard) as form:
            for name, value in values.items():
                form[name] = value
        return self.generation(form.record.action_write())

    def generation(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    def assertHas(self, record, brief: dict):
        """Assert that no value of a brief is lost on the way to ``record``."""
        for name, value in brief.items():
            field = record._fields[name]
            with self.subTest(name):
                self.assertTrue(record[name])
                expected = field.convert_to_record(
                    field.convert_to_cache(value, record), record
                )
                self.assertEqual(record[name], expected)


@tagged("post_install", "-at_install")
class TestBrief(BriefCase):
    def test_the_wizard_hands_everything_on(self):
        brief = self.brief()
        wizard = self.env["blog.ai.write"].create(
            {**brief, "topic": "Lemons in pots", "publish": "now"}
        )
        self.assertHas(self.generation(wizard.action_write()), brief)

    def test_a_topic_hands_everything_on_to_the_wizard(self):
        brief = self.brief(TOPIC)
        topic = self.topic(**brief)
        generation = self.filled_in(topic.action_write(), provider_id=self.offline)
        self.assertEqual(generation.topic_id, topic)
        self.assertHas(generation, brief)

    def test_what_the_wizard_asks_for_may_be_left_empty_whatever_the_topic_says(self):
        topic = self.topic(**self.brief(TOPIC))
        generation = self.filled_in(
            topic.action_write(), provider_id=self.offline, notes=False
        )
        self.assertFalse(generation.notes)

    def test_a_slot_hands_everything_on(self):
        brief = self.brief()
        # A slot's tags choose its topics.
        tags = brief.pop("tag_ids")
        self.topic(blog_id=self.blog.id, tag_ids=tags)
        self.assertHas(self.slot(**brief, tag_ids=tags), brief)

    def test_a_topic_comes_before_its_slot(self):
        brief = self.brief(TOPIC)
        topic = self.topic(**brief)
        generation = self.slot(
            lang="en_US", keywords="slot", notes="Slot", author_id=self.reader.id
        )
        self.assertEqual(generation.topic_id, topic)
        self.assertHas(generation, brief)

    def test_a_new_version_of_a_rejected_draft_has_the_same_brief(self):
        brief = self.brief()
        self.topic(**self.brief(TOPIC))
        generation = self.slot(**brief, hour=8.0)
        generation.publish = False
        self.attempt(generation)
        again = generation._reject("Too vague.", again=True)
        self.assertIn(brief.pop("notes"), again.notes)
        del brief["publish"]
        self.assertHas(again, brief)

    def test_a_retry_keeps_the_brief(self):
        brief = self.brief()
        generation = self.ask(**brief)
        generation.action_cancel()
        generation.action_retry()
        self.assertEqual(generation.state, "queued")
        self.assertHas(generation, brief)

    def test_write_again_proposes_the_same_brief(self):
        brief = self.brief()
        generation = self.ask(**brief)
        again = self.filled_in(generation.action_write_again())
        # These follow the provider and the topic, or are decided anew.
        for name in ("model", "keywords", "author_id", "publish"):
            del brief[name]
        self.assertNotEqual(again, generation)
        self.assertHas(again, brief)

    def test_nobody_filters_or_imports_by_what_no_form_of_a_slot_shows(self):
        for name in ("keywords", "notes", "outline"):
            found = self.env["blog.ai.slot"].fields_get([name])[name]
            self.assertFalse(found["searchable"] or found["exportable"])
            self.assertTrue(found["readonly"])


@tagged("post_install", "-at_install")
class TestBriefFields(BriefCase):
    def test_the_model_is_told_each_field_or_there_is_a_reason(self):
        plain = self.ask()._prepare_request()
        other_blog = self.env["blog.blog"].create({"name": "Other blog"})
        brief = {**self.brief(), "blog_id": other_blog.id}
        untold = {
            name
            for name, value in brief.items()
            if self.ask(**{name: value})._prepare_request() == plain
        }
        self.assertEqual(untold, NOT_FOR_THE_MODEL.keys())

    def test_nobody_changes_the_brief_of_a_generation(self):
        generation = self.ask()
        fields_of_brief = generation._brief_fields()
        self.assertIn("notes", fields_of_brief)
        for name in fields_of_brief:
            with self.subTest(name):
                self.assertTrue(generation._fields[name].readonly)


@tagged("post_install", "-at_install")
class TestBriefOfAnAddon(TestBrief):
    """A field that is added to the mixin goes all the same ways."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.extend(BriefOfAnAddon, *BRIEFS)

    def test_it_is_a_field_of_every_brief(self):
        for name in ("blog.ai.write", "blog.ai.topic", "blog.ai.slot"):
            self.assertIn("addon_text", self.env[name]._brief_fields(), name)
        self.assertTrue(self.ask(addon_text="Dry").copy_data()[0]["addon_text"])

    def test_the_length_of_its_text_is_bounded_wherever_it_is_written(self):
        text = "x" * (MAX_NOTES + 1)
        for record in (self.topic(), self.ask()):
            with self.assertRaisesRegex(ValidationError, "“Text of an Addon” has 4001"):
                record.addon_text = text

    def test_its_text_counts_towards_the_most_that_a_call_may_cost(self):
        self.offline.write({"is_free": False, "price_in": 1.0, "price_out": 4.0})
        plain, longer = self.ask(), self.ask(addon_text="x" * 2000)
        self.env.flush_all()
        both = plain + longer
        claims = both._claim(2, Limits.of(self.env), both.ids)
        self.env.invalidate_all()
        self.assertAlmostEqual(claims[1].reserved - claims[0].reserved, 0.001, 6)
        for claim in claims:
            call = both.call_ids.browse(claim.call_id)
            self.assertAlmostEqual(claim.reserved, call.reserved, 6)

    def test_price_and_prompt_in_the_wizard_follow_it(self):
        self.offline.write({"is_free": False, "price_in": 1000.0, "price_out": 1.0})
        wizard = self.env["blog.ai.write"].new(
            {
                "topic": "Figs",
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "show_prompt": True,
            }
        )
        generations = self.registry["blog.ai.generation"]
        request = generations._prepare_request

        def with_text(generation):
            told = {"notes": generation.addon_text or ""}
            return dataclasses.replace(request(generation), **told)

        with patch.object(generations, "_prepare_request", with_text):
            cost = wizard.cost_note
            self.assertNotIn("Dry", wizard.prompt_user)
            wizard.addon_text = "Dry " * 500
            self.assertNotEqual(wizard.cost_note, cost)
            self.assertIn("Dry", wizard.prompt_user)
