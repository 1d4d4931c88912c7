# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message, as_json
from odoo.addons.blog_ai_generator.pump import Failure, Limits

from .common import BlogAiCase, create_provider


@tagged("post_install", "-at_install")
class TestFrench(BlogAiCase):
    """Each person reads their own language, whoever made the request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env.ref("base.module_blog_ai_generator")._update_translations(["fr_FR"])
        cls.writer.lang = "fr_FR"

    def in_french(self, record):
        return record.with_user(self.writer).with_context(lang="fr_FR")

    def failed(self, code, **how):
        generation = self.ask()
        generation.attempt_limit = 1
        self.attempt(generation, Failure.of(llm.LLMError(code, **how)))
        return generation

    def test_the_wizard_is_in_french(self):
        wizard = self.in_french(self.env["blog.ai.write"])
        self.assertIn("choisissez un autre sujet", wizard.get_view()["arch"])
        labels = wizard.fields_get(["publish", "words"])
        self.assertIn(
            ("draft", "Garder comme brouillon"), labels["publish"]["selection"]
        )
        self.assertEqual(labels["words"]["string"], "Longueur")

    def test_labels_of_another_models_field_are_in_french(self):
        for model, name, label in (
            ("blog.ai.cost.report", "kind", ("ideas", "Idées")),
            ("blog.post", "blog_ai_refresh_state", ("nothing", "Rien à changer")),
        ):
            (field,) = self.in_french(self.env[model]).fields_get([name]).values()
            self.assertIn(label, field["selection"], model)

    def test_a_refused_input_is_explained_in_french(self):
        with self.assertRaisesRegex(ValidationError, "Limitez-le à 500"):
            self.in_french(self.env["blog.ai.topic"]).create(
                {"name": "x" * 501, "blog_id": self.blog.id}
            )

    def test_each_reader_has_the_error_in_their_language(self):
        generation = self.failed("rate_limit")
        self.assertIn("Wait a moment, then retry.", generation.error)
        self.assertIn("Attendez un moment", self.in_french(generation).error)

    def test_languages_are_named_in_the_reader_s_language(self):
        values = {"found": "de", "wanted": "fr_BE"}
        generation = self.failed("unusable", reason="language", values=values)
        self.assertIn("in German instead of French", generation.error)
        self.assertIn(
            "(français) mais dans une autre (allemand)",
            self.in_french(generation).error,
        )

    def test_scripts_are_named_in_the_reader_s_language(self):
        for script, name in (("Grek", "grec"), ("Mymr", "birman")):
            values = {"script": script, "wanted": "pt_BR"}
            generation = self.failed("unusable", reason="script", values=values)
            self.assertIn("(portugais brésilien)", self.in_french(generation).error)
            self.assertIn(name, self.in_french(generation).error)

    def test_numbers_are_written_as_the_reader_writes_them(self):
        generation = self.failed("rate_limit", reason="days", values={"count": "1234"})
        self.assertIn("1,234 days", generation.error)
        self.assertIn("1\u202f234 jours", self.in_french(generation).error)

    def test_what_another_addon_says_is_kept_as_it_is(self):
        generation = self.ask()
        failure = Failure.not_stored(UserError("100 % wrong %(x)s."))
        self.attempt(generation, failure._replace(code="unusable"))
        self.assertIn(
            "Réessayer\xa0»\xa0: 100 % wrong %(x)s.", self.in_french(generation).error
        )

    def test_an_archived_provider_is_explained_in_french(self):
        generation = self.ask()
        self.offline.active = False
        generation.flush_recordset()
        generation._claim(1, Limits(), generation.ids)
        self.assertIn("est archivé", self.in_french(generation).error)

    def test_a_day_that_went_wrong_is_named_in_french(self):
        slot = self.env["blog.ai.slot"].create({"blog_id": self.blog.id})
        day = slot.day_ids[:1]
        day.state = "failed"
        self.assertEqual(day.display_name, f"Failed: {slot.name}")
        french = self.in_french(day)
        self.assertEqual(french.display_name, f"Échoué\xa0: {french.slot_id.name}")

    def test_repairs_are_in_french(self):
        generation = self.ask()
        note = Message("note.field_cut", {"field": "teaser"})
        generation.repair_notes = [as_json(note)]
        self.assertEqual(generation.repairs, "Teaser: too long, was cut.")
        self.assertEqual(
            self.in_french(generation).repairs,
            "Teaser\xa0: valeur trop longue, qui a été coupée.",
        )

    def test_a_button_answers_in_french(self):
        provider = create_provider(
            self.env, "sk-1\nsk-2", name="Deux clés", preset="openai"
        )
        asked = provider.action_test_connection()["params"]
        ask = self.env["blog.ai.ask"].with_context(lang="fr_FR").browse(asked["id"])
        self.assertIn("La clé API contient des caractères", ask.look()["message"])

    def test_the_administrator_is_alerted_in_french(self):
        self.env["res.users"].search([]).lang = "fr_FR"
        self.failed("quota")
        alert = self.offline.activity_search(["mail.mail_activity_data_warning"])
        self.assertIn("refuse d'écrire", alert.summary)
        self.assertIn("n'a plus de crédit", alert.note)

    def test_a_french_reader_is_mailed_in_french(self):
        self.reader.lang = "fr_FR"
        generation = self.ask(publish=True, recipient_ids=[(6, 0, self.reader.ids)])
        self.attempt(generation)
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.reader.ids)])
        self.assertEqual(mail.subject, f"Unit blog\xa0: {generation.post_id.name}")
        self.assertIn("Nouveau dans", mail.body_html)
