# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.tests import Form, tagged
from odoo.tools import html2plaintext, mute_logger
from odoo.tools.translate import code_translations

from .common import BlogAiCase

LOGGER = "odoo.addons.blog_ai_generator.models.blog_post"
TEMPLATE = "blog_ai_generator.mail_template_post_published"


@tagged("post_install", "-at_install")
class TestMail(BlogAiCase):
    def mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "in", self.reader.ids)])

    def written(self, **values):
        recipients = {"recipient_ids": [(6, 0, self.reader.ids)]}
        generation = self.ask(**{**recipients, **values})
        self.attempt(generation)
        return generation

    def test_recipients_get_an_email_about_a_published_post(self):
        generation = self.written(publish=True)
        post, mail = generation.post_id, self.mails()
        self.assertEqual(mail.subject, f"Unit blog: {post.name}")
        self.assertIn(post.website_url, mail.body_html)
        for copy in post.social_ids:
            self.assertIn(copy.text.split("\n")[0][:20], mail.body_html)
        self.assertTrue(generation.notified_at)

    def test_posts_of_a_slot_are_emailed_by_the_company_or_else_the_author(self):
        author = self.env["res.partner"].create(
            {"name": "Ada", "email": "ada@example.com"}
        )
        robot = self.env.user.partner_id.email_formatted
        follower = self.env["res.partner"].create(
            {"name": "Follower", "email": "follower@example.com"}
        )
        published = self.env.ref("website_blog.mt_blog_blog_published")
        self.blog.message_subscribe(follower.ids, published.ids)
        for topic, company, by, sender in (
            ("Figs", "us@example.com", author, "us@example.com"),
            ("Dates", "us@example.com", author.browse(), "us@example.com"),
            ("Limes", False, author, "ada@example.com"),
            ("Plums", False, author.browse(), robot),
        ):
            self.env.company.partner_id.email = company
            self.env.company.invalidate_recordset(["email_formatted"])
            values = {"author_id": by.id, "reviewer_id": self.writer.id}
            for publish in (True, False):
                with self.subTest(topic, publish=publish):
                    generation = self.written(
                        topic=f"{topic} {publish}",
                        publish=publish,
                        user_id=False,
                        **values,
                    )
                    mail = self.env["mail.mail"].search(
                        [("res_id", "=", generation.post_id.id)]
                    )
                    self.assertIn(sender, mail.email_from)
                    self.assertEqual(mail.reply_to, mail.email_from)
            with self.subTest(topic, told="followers"):
                (message, *_older) = self.blog.message_ids
                self.assertEqual(message.subtype_id, published)
                self.assertIn(sender, message.email_from)

    def test_nobody_gets_an_email_about_a_draft(self):
        self.written()
        self.assertFalse(self.mails())

    def test_recipients_get_an_email_when_a_person_publishes_the_draft(self):
        generation = self.written()
        generation.post_id.with_user(self.writer).website_published = True
        self.assertEqual(len(self.mails()), 1)

    def test_publishing_again_sends_no_second_email(self):
        post = self.written(publish=True).post_id
        post.is_published = False
        post.is_published = True
        self.assertEqual(len(self.mails()), 1)

    def test_the_email_has_the_copy_as_it_is_then(self):
        post = self.written().post_id
        post.social_ids.filtered(lambda s: s.network == "x").text = "Edited by hand"
        post.is_published = True
        self.assertIn("Edited by hand", self.mails().body_html)

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", LOGGER)
    def test_a_broken_template_costs_the_email_and_not_the_article(self):
        template = self.env.ref(TEMPLATE)
        body = template.body_html
        template.body_html = "<t t-out='object.no_such_field'/>"
        generation = self.written(publish=True)
        self.assertEqual(generation.state, "done")
        self.assertTrue(generation.post_id.is_published)
        self.assertFalse(generation.notified_at)
        self.assertIn("mail template", generation.mail_error)
        unsent = generation.search([("mail_error", "!=", False)])
        self.assertIn(generation, unsent)
        self.assertEqual(generation.remark, "unsent")
        self.assertFalse(self.mails())
        template.body_html = body
        generation.post_id.is_published = False
        generation.post_id.is_published = True
        self.assertEqual(len(self.mails()), 1)
        self.assertFalse(generation.mail_error)

    def test_a_template_that_is_deleted_meanwhile_costs_only_the_mail(self):
        generation = self.ask(publish=True, recipient_ids=[(6, 0, self.reader.ids)])
        template = self.env.ref(TEMPLATE)
        with self.assertLogs(LOGGER, "ERROR") as log:
            self.attempt(generation, meanwhile=template.unlink)
        self.assertEqual(generation.state, "done")
        self.assertFalse(generation.notified_at)
        self.assertIn(f"post {generation.post_id.id}", log.output[0])
        self.assertFalse(self.mails())

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", LOGGER)
    def test_a_template_broken_in_one_language_emails_all_or_nobody(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.env["res.partner"].create(
            {"name": "Lectrice", "email": "l@example.com", "lang": "fr_FR"}
        )
        template = self.env.ref(TEMPLATE).with_context(lang="fr_FR")
        template.subject = "{{ object.no_such_field }}"
        both = self.reader + french
        post = self.written(recipient_ids=[(6, 0, both.ids)]).post_id
        post.is_published = True
        self.assertFalse(self.mails())
        template.subject = "Nouveau"
        post.is_published = False
        post.is_published = True
        self.assertEqual(len(self.mails()), 1)

    def test_a_post_that_waits_for_its_date_has_no_email_error(self):
        generation = self.written()
        post = generation.post_id
        post.write({"post_date": datetime(2099, 1, 1), "is_published": True})
        self.assertFalse(generation.notified_at or generation.mail_error)

    def test_what_is_attached_to_the_template_goes_out_with_the_next_mail(self):
        self.written(publish=True)
        self.assertFalse(self.mails().attachment_ids)
        template = self.env.ref("blog_ai_generator.mail_template_post_published")
        leaflet = self.env["ir.attachment"].create({"name": "Leaflet", "raw": b"Text"})
        template.attachment_ids = leaflet
        self.written(publish=True, topic="Stone bridges")
        self.assertEqual(self.mails().attachment_ids, leaflet)

    def test_copy_that_is_too_long_is_marked_with_what_to_cut(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "https://example.com")
        post = self.written().post_id
        for network, excess in (("x", 1), ("mastodon", 7)):
            copy = post.social_ids.filtered(lambda s, n=network: s.network == n)
            copy.text = "a" * (copy.limit - 24 + excess)
        post.is_published = True
        body = html2plaintext(self.mails().body_html)
        self.assertEqual(body.count("Too long to be sent"), 2)
        self.assertRegex(body, r"a{257}\s+.*cut 1 character\.")
        self.assertRegex(body, r"a{483}\s+.*cut 7 characters\.")

    def test_what_to_cut_is_named_in_each_recipients_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.env["res.partner"].create(
            {"name": "Lectrice", "email": "l@example.com", "lang": "fr_FR"}
        )
        self.patch(
            code_translations,
            "python_translations",
            {
                ("blog_ai_generator", "fr_FR"): {
                    "Too long to be sent: cut %s characters.": "Trop long de %s."
                }
            },
        )
        generation = self.ask(recipient_ids=[(6, 0, (self.reader + french).ids)])
        self.attempt(generation)
        post = generation.post_id
        post.social_ids.filtered(lambda s: s.network == "x").text = "a" * 9000
        post.is_published = True
        mail = self.env["mail.mail"].search([("recipient_ids", "in", french.ids)])
        self.assertRegex(mail.body_html, r"Trop long de \d{4}\.")
        self.assertNotIn("Too long", mail.body_html)
        self.assertRegex(self.mails().body_html, r"cut \d{4} characters\.")

    def test_the_template_is_previewed_with_any_post_in_any_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("blog_ai_generator.mail_template_post_published")
        template.with_context(lang="fr_FR").subject = "Nouveau : {{ object.name }}"
        by_hand = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id}
        )
        for post in (self.written().post_id, by_hand):
            previews = self.env["mail.template.preview"].with_user(
                self.env.ref("base.user_admin")
            )
            with Form(previews.with_context(default_mail_template_id=template.id)) as f:
                f.resource_ref = f"blog.post,{post.id}"
                self.assertFalse(f.error_msg)
                self.assertIn(post.name, f.subject)
                self.assertIn(post.website_url, f.body_html)
                for copy in post.social_ids:
                    self.assertIn(copy.text[:20], html2plaintext(f.body_html))
                f.lang = "fr_FR"
                self.assertTrue(f.subject.startswith("Nouveau : "))

    def test_hostile_copy_is_text_in_the_mail(self):
        post = self.written().post_id
        post.social_ids[0].text = "<script>alert(1)</script>{{ 7*7 }}"
        post.is_published = True
        self.assertNotIn("<script", self.mails().body_html)
        self.assertIn("{{ 7*7 }}", self.mails().body_html)

    def test_each_recipient_gets_the_email_in_their_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.env["res.partner"].create(
            {"name": "Lectrice", "email": "l@example.com", "lang": "fr_FR"}
        )
        template = self.env.ref("blog_ai_generator.mail_template_post_published")
        template.with_context(lang="fr_FR").subject = "Nouveau : {{ object.name }}"
        generation = self.ask(
            publish=True, recipient_ids=[(6, 0, (self.reader + french).ids)]
        )
        self.attempt(generation)
        mail = self.env["mail.mail"].search([("recipient_ids", "in", french.ids)])
        self.assertTrue(mail.subject.startswith("Nouveau : "))
        self.assertTrue(self.mails().subject.startswith("Unit blog: "))

    def test_posts_that_people_write_themselves_email_nobody(self):
        post = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id}
        )
        post.is_published = True
        self.assertFalse(self.mails())
