# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, freeze_time, new_test_user, tagged

from ..content import text_digest
from .review_case import ReviewCase

WROTE = "Artificial intelligence (AI) wrote this text"
CLAIM = "editorial responsibility"


@tagged("post_install", "-at_install")
class TestLabel(ReviewCase, HttpCase):
    """A label on the page says that a model wrote the text, unless a person answers."""

    def setUp(self):
        super().setUp()
        self.generation = self.ask("Bees in June", publish=True, lang="en_US")
        self.attempt(self.generation)
        self.post = self.generation.post_id

    def labels(self, path=None):
        self.env.flush_all()
        response = self.url_open(path or self.post.website_url)
        self.assertEqual(response.status_code, 200)
        notes = "//*[@id='o_wblog_post_content']//*[@role='note']"
        return html.fromstring(response.content).xpath(notes)

    def label(self, path=None):
        """Return the text of the label; empty without one."""
        return "".join(label.text_content() for label in self.labels(path))

    def edit(self, old="the", new="our", **context):
        post = self.post.with_user(self.writer).with_context(**context)
        self.assertIn(f" {old} ", post.content)
        post.content = post.content.replace(f" {old} ", f" {new} ", 1)

    def examine(self):
        self.post.with_user(self.writer).action_blog_ai_examined()

    def test_a_label_is_at_the_beginning_of_a_text_that_nobody_examined(self):
        (label,) = self.labels()
        self.assertEqual(label.text_content(), f"{WROTE}.")
        content = "contains(@class, 'o_wblog_post_content_field')"
        self.assertTrue(label.xpath(f"following-sibling::*[1][{content}]"))

    def test_a_translation_of_a_text_that_a_model_wrote_says_both(self):
        both = "Artificial intelligence (AI) wrote and translated this text"
        self.post._blog_ai_set_translated("en_US", responsible=False)
        self.assertEqual(self.label(), f"{both}.")
        self.post._blog_ai_set_translated("en_US", responsible=True)
        self.assertEqual(self.label(), "")
        self.blog.blog_ai_label = "always"
        self.assertEqual(self.label(), f"{both}, and a person reviewed it.")

    def test_no_label_is_on_a_text_that_a_person_answers_for(self):
        self.examine()
        self.assertEqual(self.label(), "")

    def test_the_label_is_back_once_the_text_is_changed(self):
        self.examine()
        self.edit()
        self.assertEqual(self.label(), f"{WROTE}, and a person edited it.")
        self.examine()
        self.assertEqual(self.label(), "")

    def test_a_blog_always_labels_or_never(self):
        self.examine()
        self.blog.blog_ai_label = "always"
        self.assertEqual(self.label(), f"{WROTE}, and a person reviewed it.")
        self.blog.blog_ai_label = "never"
        self.edit()
        self.assertEqual(self.label(), "")

    def test_a_post_that_a_person_wrote_has_no_label(self):
        self.blog.blog_ai_label = "always"
        self.post = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id, "is_published": True}
        )
        self.assertEqual(self.label(), "")
        self.post.content = "<p>Still by hand</p>"
        self.assertFalse(self.post.blog_ai_grade)

    def test_always_means_also_a_translation_that_a_person_answers_for(self):
        self.post = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id, "is_published": True}
        )
        path, ai = self.french_page(), "L'intelligence artificielle (IA)"
        self.post._blog_ai_set_translated("fr_FR", responsible=False)
        # First: a visitor stays in the language of the last page.
        self.assertEqual(self.label(), "")
        self.assertEqual(self.label(path), f"{ai} a traduit ce texte.")
        self.post._blog_ai_set_translated("fr_FR", responsible=True)
        self.assertEqual(self.label(path), "")
        self.blog.blog_ai_label = "always"
        examined = f"{ai} a traduit ce texte, puis une personne l'a relu."
        self.assertEqual(self.label(path), examined)
        copy = self.post.copy().with_context(lang="fr_FR")
        self.assertEqual(copy._blog_ai_label(), f"{ai} a traduit ce texte.")
        self.blog.blog_ai_label = "never"
        self.assertEqual(self.label(path), "")

    def test_a_blog_has_its_own_words_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        website = self.env["website"].get_current_website()
        website.language_ids += self.env["res.lang"]._lang_get("fr_FR")
        self.blog.blog_ai_label_text = "Written <b>by a machine</b>."
        french = self.blog.with_context(lang="fr_FR")
        french.blog_ai_label_text = "Écrit par une machine."
        self.assertEqual(self.label(), "Written <b>by a machine</b>.")
        path = f"/fr{self.post.website_url}"
        self.assertEqual(self.label(path), "Écrit par une machine.")

    def french_page(self) -> str:
        self.env["res.lang"]._activate_lang("fr_FR")
        website = self.env["website"].get_current_website()
        website.language_ids += self.env["res.lang"]._lang_get("fr_FR")
        return f"/fr{self.post.website_url}"

    def test_a_page_in_another_language_has_no_words_of_this_one(self):
        path = self.french_page()
        self.blog.blog_ai_label_text = "Written by our machine."
        self.assertEqual(self.label(), "Written by our machine.")
        usual = "Ce texte a été rédigé par une intelligence artificielle (IA)."
        self.assertEqual(self.label(path), usual)
        self.assertIn("French", self.blog.blog_ai_label_note)
        french = {"fr_FR": "Notre machine."}
        self.blog.update_field_translations("blog_ai_label_text", french)
        self.assertEqual(self.label(path), "Notre machine.")
        self.assertFalse(self.blog.blog_ai_label_note)
        self.assertEqual(self.blog.copy().blog_ai_label_langs, ["en_US", "fr_FR"])
        self.blog.update_field_translations("blog_ai_label_text", {"fr_FR": False})
        self.assertEqual(self.label(path), usual)
        self.blog.blog_ai_label_text = False
        self.assertFalse(self.blog.blog_ai_label_note)
        self.assertEqual(self.label(path), usual)

    def test_a_french_blog_shows_no_french_words_on_english_pages(self):
        blog = self.french_blog()
        french = blog.with_context(lang="fr_FR")
        french.blog_ai_label_text = "Notre machine."
        english = blog.with_context(lang="en_US")
        self.assertEqual(english.blog_ai_label_text, "Notre machine.", "As Odoo does")
        self.assertEqual(french._blog_ai_own_label(), "Notre machine.")
        self.assertEqual(english._blog_ai_own_label(), "")
        english.blog_ai_label_text = "Our machine."
        self.assertEqual(french._blog_ai_own_label(), "Notre machine.")
        self.assertEqual(english._blog_ai_own_label(), "Our machine.")

    def test_an_english_blog_shows_no_french_words_on_english_pages(self):
        path = self.french_page()
        english = self.blog.with_context(lang="en_US")
        french = self.blog.with_context(lang="fr_FR")
        for words in ("Notre machine.", "Notre ordinateur."):
            french.blog_ai_label_text = words
            self.assertEqual(self.label(), f"{WROTE}.")
        self.assertEqual(self.label(path), "Notre ordinateur.")
        self.assertIn("English", english.blog_ai_label_note)
        self.assertEqual(english.copy()._blog_ai_own_label(), "")
        english.update_field_translations("blog_ai_label_text", {"fr_FR": False})
        self.assertEqual(english._blog_ai_own_label(), "", "What is left is French.")
        english.blog_ai_label_text = french.blog_ai_label_text = "WordBot"
        self.assertEqual(english._blog_ai_own_label(), "WordBot")
        self.assertEqual(french._blog_ai_own_label(), "WordBot")

    def test_words_that_are_not_saved_yet_have_their_note(self):
        self.french_page()
        with Form(self.blog) as form:
            form.blog_ai_label_text = "Our machine."
            self.assertIn("French", form.blog_ai_label_note)
            self.assertNotIn("English", form.blog_ai_label_note)

    # Grades

    def test_markup_alone_is_no_edit(self):
        with_link = str(self.post.content).replace(
            "<p>", '<p class="lead">\n<a href="/shop">\ufeff</a>', 1
        )
        self.assertNotEqual(with_link, self.post.content)
        self.post.with_user(self.writer).content = with_link
        self.assertEqual(self.post.blog_ai_grade, "generated")

    def test_an_edit_that_is_taken_back_leaves_what_was_generated(self):
        self.edit()
        self.assertEqual(self.post.blog_ai_grade, "edited")
        self.edit("our", "the")
        self.assertEqual(self.post.blog_ai_grade, "generated")

    def test_a_text_in_another_language_is_no_edit_of_this_one(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.edit("the", "le", lang="fr_FR")
        self.assertEqual(self.post.blog_ai_grade, "generated")
        self.edit()
        self.assertEqual(self.post.blog_ai_grade, "edited")

    def test_the_language_of_the_text_may_be_switched_off(self):
        self.post.blog_ai_written_hash = text_digest("fr_FR", self.post.content)
        self.examine()
        self.assertEqual(self.post.blog_ai_grade, "reviewed")

    def test_a_duplicate_has_been_examined_by_nobody(self):
        self.examine()
        copy = self.post.with_user(self.writer).copy()
        self.assertEqual(copy.blog_ai_grade, "generated")
        self.assertFalse(copy.blog_ai_examined_by)
        self.assertTrue(copy._blog_ai_label())

    # Responsibility

    def test_a_post_keeps_who_examined_which_text_and_when(self):
        moment = datetime(2026, 6, 1, 22, 30, 15)
        with freeze_time(moment):
            self.examine()
        digest = text_digest("en_US", self.post.content)
        self.assertEqual(self.post.blog_ai_examined_by, self.writer)
        self.assertEqual(self.post.blog_ai_examined_at, moment)
        self.assertEqual(self.post.blog_ai_examined_hash, digest)
        message = self.post.message_ids[0]
        self.assertIn(CLAIM, message.body)
        self.assertIn(digest, message.body)
        shown = html.fromstring(message.body).text_content()
        short = digest.partition(":")[2][:12]
        self.assertTrue(shown.endswith(f"Fingerprint of the text: {short}"), shown)
        self.assertEqual(message.author_id, self.writer.partner_id)
        self.assertNotIn(message, self.post.website_message_ids)

    def test_a_reviewer_takes_responsibility_with_a_tick(self):
        draft = self.run_slot()
        action = draft.with_user(self.reviewer).action_approve()
        wizards = self.env[action["res_model"]].with_user(self.reviewer)
        wizard = Form(wizards.with_context(**action["context"]))
        self.assertFalse(wizard.responsible, "Nobody takes it by accident.")
        wizard.responsible = True
        wizard.save().action_approve()
        post = draft.post_id
        self.assertTrue(post.is_published)
        self.assertEqual(post.blog_ai_grade, "reviewed")
        self.assertEqual(post.blog_ai_examined_by, self.reviewer)

    def test_approval_without_the_tick_leaves_the_label(self):
        draft = self.run_slot()
        self.approve(draft)
        self.assertEqual(draft.review_state, "approved")
        self.assertEqual(draft.post_id.blog_ai_grade, "generated")
        self.assertFalse(draft.post_id.blog_ai_examined_by)
        self.assertTrue(self.label(draft.post_id.website_url))

    def test_nobody_else_takes_responsibility(self):
        reader = new_test_user(self.env, "unit-reader", groups="base.group_user")
        with self.assertRaisesRegex(AccessError, "Only website editors"):
            self.post.with_user(reader).action_blog_ai_examined()

    def test_nobody_forges_evidence(self):
        forged = {
            "blog_ai_is_generated": False,
            "blog_ai_grade": "reviewed",
            "blog_ai_examined_hash": self.post.blog_ai_text_hash,
            "blog_ai_examined_by": self.reviewer.id,
            "blog_ai_translated_langs": ["en_US"],
            "blog_ai_credit": {"name": "Me"},
        }
        self.post.with_user(self.writer).write(forged)
        self.assertFalse(self.post.blog_ai_translated_langs)
        self.assertFalse(self.post.blog_ai_credit)
        self.assertEqual(self.post.blog_ai_grade, "generated")
        self.assertTrue(self.post.blog_ai_is_generated)
        self.assertFalse(self.post.blog_ai_examined_by)

    # The report

    def test_the_report_is_exported_with_grades_and_who_answers(self):
        self.examine()
        self.writer.group_ids += self.env.ref("base.group_allow_export")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "blog_ai_generator.action_grades"
        )
        self.assertNotIn("group_by", action["context"], "No CSV of a grouped list")
        posts = self.env["blog.post"].with_user(self.writer)
        (view,) = [view for view, kind in action["views"] if kind == "list"]
        arch = html.fromstring(posts.get_view(view, "list")["arch"])
        names = arch.xpath("//field/@name")
        found = posts.search([("blog_ai_is_generated", "=", True)])
        rows = found.export_data(names)["datas"]
        mine = dict(zip(names, rows[found.ids.index(self.post.id)], strict=True))
        self.assertEqual(mine["blog_ai_grade"], "Responsibility taken")
        self.assertEqual(mine["blog_ai_examined_by"], self.writer.name)
        self.assertEqual(mine["blog_ai_text_hash"], self.post.blog_ai_text_hash)

    # Upgrades and removal

    def test_posts_of_earlier_versions_are_graded_as_generated(self):
        self.post.flush_recordset()
        self.env.cr.execute(
            "UPDATE blog_post SET blog_ai_grade = NULL, blog_ai_is_generated = NULL, "
            "blog_ai_written_hash = NULL, blog_ai_text_hash = NULL"
        )
        self.run_migration("19.0.1.3.0/pre-grade.py")
        self.assertEqual(self.post.blog_ai_grade, "generated")
        self.assertTrue(self.post.blog_ai_is_generated)
        self.edit()
        self.assertEqual(self.post.blog_ai_grade, "edited")

    def test_labels_become_part_of_the_texts_when_the_addon_goes(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.edit("the", "le", lang="fr_FR")
        self.blog.blog_ai_label_text = "By <AI>."
        self.blog.with_context(lang="fr_FR").blog_ai_label_text = "Par l'IA."
        examined = self.post.copy({"name": "Examined"})
        examined.action_blog_ai_examined()
        self.env.flush_all()
        self.env["blog.post"]._blog_ai_keep_labels()
        self.assertRegex(self.post.content, r"^<p[^>]*>By &lt;AI&gt;\.</p><section")
        french = self.post.with_context(lang="fr_FR").content
        self.assertRegex(
            french, r"^<p[^>]*>Par l'IA\.</p><section|^<p[^>]*>Par l&#39;IA"
        )
        self.assertIn(" le ", french)
        self.assertNotIn('<p class="o_blog_ai_label', examined.content)
