# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import re
from pathlib import Path
from unittest.mock import patch

from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import LazyTranslate

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import (
    MESSAGES,
    Message,
    as_json,
    cause,
    failure_message,
    note_message,
    register,
    render,
)
from odoo.addons.blog_ai_generator.messages.earlier import from_earlier
from odoo.addons.blog_ai_generator.messages.names import value_of

from .common import BlogAiCase

# Avoid the name `_lt`: Odoo would export these terms.
term = LazyTranslate(__name__)
ADVICE = "retry|Retry|Choose|choose|Enter|Check|Ask|ask|Shorten|Reword"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class MessageCase(BlogAiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.administrator = new_test_user(
            cls.env, "unit-administrator", groups="base.group_user,base.group_system"
        )
        cls.english = cls.env(user=cls.writer, context={"lang": "en_US"})
        cls.french = cls.env(user=cls.writer, context={"lang": "fr_FR"})


@tagged("post_install", "-at_install")
class TestMessages(MessageCase):
    def terms_of(self, key):
        wording = MESSAGES[key]
        terms = (wording.cause, wording.remedy, wording.own_remedy)
        return [self.english._(term) if term else "" for term in terms]

    def test_each_error_of_the_writer_has_a_message_with_its_values(self):
        for key, names in llm.ERROR_KEYS.items():
            with self.subTest(key):
                cause_, remedy, own_remedy = self.terms_of(key)
                for said in (remedy, own_remedy or remedy):
                    found = PLACEHOLDER.findall(f"{cause_} {said}")
                    self.assertEqual(sorted(found), sorted(names))

    def test_each_note_of_the_writer_has_a_message_with_its_values(self):
        for code, names in llm.NOTES.items():
            with self.subTest(code):
                found = PLACEHOLDER.findall(self.terms_of(f"note.{code}")[0])
                self.assertEqual(sorted(found), sorted(names))

    def test_each_field_of_an_article_has_a_name(self):
        for field in llm.FIELDS:
            note = llm.Note("field_cut", {"field": field})
            with self.subTest(field):
                said = render(self.english, note_message(note))
                self.assertNotIn(field, said)

    def test_each_error_says_what_to_do(self):
        for key in llm.ERROR_KEYS:
            _cause, remedy, own_remedy = self.terms_of(key)
            with self.subTest(key):
                for said in filter(None, (remedy, own_remedy)):
                    self.assertRegex(f" {said}", ADVICE)
                    self.assertRegex(said, r"\.$")

    def test_a_text_of_the_wrong_length_offers_a_shorter_one(self):
        for key in ("unusable.short", "unusable.long"):
            self.assertIn("a shorter length", render(self.env, Message(key)))

    def test_what_is_stored_is_read_again(self):
        message = Message("note.field_cut", {"field": "social.x"})
        stored = json.loads(json.dumps(as_json(message)))
        self.assertEqual(render(self.english, stored), render(self.english, message))
        self.assertEqual(
            render(self.french, stored),
            "Texte pour X\xa0: valeur trop longue, qui a été coupée.",
        )

    @freeze_time("2026-11-29")
    def test_values_are_shown_as_the_reader_writes_them(self):
        for name, value, english, french in (
            ("count", "12345", "12,345", "12\u202f345"),
            ("date", "2026-12-01", "Dec 1", "1 déc."),
            ("date", "2027-01-14", "Jan 14, 2027", "14 janv. 2027"),
            ("until", "2026-12-01", "Dec 1", "1 déc."),
            ("wanted", "pt_BR", "Brazilian Portuguese", "portugais brésilien"),
            ("wanted", "sr@latin", "Serbian", "serbe"),
            ("script", "Cyrl", "Cyrillic", "cyrillique"),
            ("network", "linkedin", "LinkedIn", "LinkedIn"),
        ):
            with self.subTest(f"{name} {value}"):
                self.assertEqual(value_of(self.english, name, value), english)
                self.assertEqual(value_of(self.french, name, value), french)

    @freeze_time("2026-11-29")
    def test_a_moment_has_its_day_where_that_is_another_one(self):
        for moment, english, french in (
            ("2026-11-29 20:15:00", r"8:15\sPM", "20:15"),
            ("2026-12-24 20:15:00", r"Dec 24, 8:15\sPM", r"24 déc\., 20:15"),
        ):
            for env, said in ((self.english, english), (self.french, french)):
                shown = value_of(env, "moment", moment)
                self.assertRegex(shown, rf"^{said}( \(UTC\))?$")

    @freeze_time("2026-11-29")
    def test_a_sentence_that_ends_with_a_short_month_has_one_full_stop(self):
        values = {"model": "gpt-4..", "date": "2026-12-01"}
        said = cause(self.french, Message("model.ends_soon", values))
        self.assertEqual(said, "Le fournisseur désactive gpt-4.. le 1 déc.")
        until = {"name": "Garden", "until": "2026-12-01"}
        said = cause(self.french, Message("budget.used_up", until))
        self.assertIn("jusqu'au 1 déc.\xa0: le budget", said)

    def test_a_value_that_is_no_code_is_shown_as_it_is(self):
        known = "count date field language moment network script until".split()
        for name in (*known, "name"):
            with self.subTest(name):
                self.assertEqual(value_of(self.english, name, "some"), "some")

    def test_a_reader_whose_language_is_not_known_reads_english(self):
        with patch.object(type(self.env), "lang", "xx_YY"):
            self.assertEqual(value_of(self.env, "count", "12345"), "12,345")

    def test_a_name_with_a_percent_sign_is_shown_as_it_is(self):
        message = Message("provider.archived", {"name": "100 % %(name)s"})
        self.assertIn("provider 100 % %(name)s is", render(self.english, message))


@tagged("post_install", "-at_install")
class TestMessagesOfAddons(MessageCase):
    """Other addons' adapters raise errors of their own, and say them in their words."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(MESSAGES))

    def said(self, error):
        return render(self.english, as_json(failure_message(error)))

    def test_an_unknown_reason_has_the_message_of_its_code(self):
        error = llm.LLMError("quota", "no honey", reason="honey")
        self.assertEqual(self.said(error), self.said(llm.LLMError("quota")))

    def test_a_text_that_comes_with_it_is_shown_as_it_is(self):
        text = "100 % full. Feed the bees."
        error = llm.LLMError("quota", reason="honey", values={"text": text})
        self.assertEqual(self.said(error), text)
        self.assertEqual(cause(self.english, failure_message(error)), "100 % full.")

    def test_an_unknown_code_shows_its_detail(self):
        self.assertEqual(self.said(llm.LLMError("swarm", "No bees.")), "No bees.")

    def test_an_unknown_code_without_a_detail_says_that_it_failed(self):
        self.assertIn("could not be used", self.said(llm.LLMError("swarm")))

    def test_a_message_that_it_registers_is_shown(self):
        register(
            "quota.honey",
            term("The hive %(hive)s is empty."),
            term("Ask an administrator to feed it."),
            term("Feed it."),
        )
        error = llm.LLMError("quota", reason="honey", values={"hive": "B"})
        asks = "The hive B is empty. Ask an administrator to feed it."
        self.assertEqual(self.said(error), asks)
        administrator = self.env(user=self.administrator)
        does = render(administrator, failure_message(error))
        self.assertEqual(does, "The hive B is empty. Feed it.")
        self.assertEqual(
            cause(self.english, failure_message(error)), "The hive B is empty."
        )

    def test_a_message_that_lacks_a_value_is_no_traceback(self):
        error = llm.LLMError("rate_limit", reason="hours")
        self.assertIn("takes no more requests", self.said(error))

    def test_a_note_in_its_own_words_is_shown_as_it_is(self):
        note = note_message("The house style was dry.")
        self.assertEqual(render(self.english, note), "The house style was dry.")


@tagged("post_install", "-at_install")
class TestEarlierMessages(MessageCase):
    """Messages of version 19.0.1.0.0, ``[English text, values]``, stay readable."""

    def test_each_text_is_known_by_its_key(self):
        path = Path(__file__).with_name("earlier_messages.json")
        for entry in json.loads(path.read_text()):
            with self.subTest(entry["key"]):
                message = from_earlier(self.english, entry["stored"])
                expected = Message(entry["key"], entry["values"])
                self.assertEqual(message, expected)
                self.assertNotIn("%(", render(self.french, entry["stored"]).split()[0])

    def test_errors_and_repairs_are_shown_to_each_reader(self):
        generation = self.ask()
        language = (
            "The model wrote in %(found)s instead of %(wanted)s. Retry; if it happens "
            "again, choose another model."
        )
        script = ["a language in %(script)s script", {"script": "Greek"}]
        values = {"found": script, "wanted": "French (fr_BE)"}
        network = ["Text for %(network)s", {"network": "X"}]
        generation.write(
            {
                "error_message": [language, values],
                "repair_notes": [
                    ["%(field)s: too long, was cut.", {"field": network}],
                    ["Images were removed: %(count)s.", {"count": "2"}],
                ],
            }
        )
        self.assertIn("in a language in Greek script", generation.error)
        self.assertIn("Text for X: too long, was cut.\nImages", generation.repairs)
        french = generation.with_env(self.french)
        self.assertIn("grec", french.error)
        self.assertIn("(français)", french.error)
        self.assertIn("Texte pour X\xa0: valeur trop longue", french.repairs)

    def test_an_administrator_is_sent_to_nobody(self):
        stored = [
            "The provider account has no credit left. Ask an administrator to top it "
            "up or to raise its limit at the provider, then retry.",
            {},
        ]
        self.assertIn("Ask an administrator", render(self.english, stored))
        administrator = self.env(user=self.administrator)
        self.assertNotIn("administrator", render(administrator, stored))
        self.assertIn("Top it up", render(administrator, stored))

    def test_a_text_that_is_not_known_stays_as_it_was(self):
        nested = ["%(a)s of %(b)s.", {"a": "One", "b": ["two %(c)s", {"c": "bees"}]}]
        self.assertEqual(render(self.french, nested), "One of two bees.")
        self.assertEqual(
            render(self.french, ["100 % full. Eat.", {}]), "100 % full. Eat."
        )
        self.assertEqual(cause(self.french, ["100 % full. Eat.", {}]), "100 % full.")
