# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestMail(BlogAiCase):
    def mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "in", self.reader.ids)])

    def written(self, **values):
        generation = self.ask(recipient_ids=[(6, 0, self.reader.ids)], **values)
        self.attempt(generation)
        return generation

    def test_recipients_are_told_of_a_published_post(self):
        generation = self.written(publish=True)
        post, mail = generation.post_id, self.mails()
        self.assertEqual(mail.subject, f"Unit blog: {post.name}")
        self.assertIn(post.website_url, mail.body_html)
        for copy in post.social_ids:
            self.assertIn(copy.text.split("\n")[0][:20], mail.body_html)
        self.assertTrue(generation.notified_at)

    def test_nobody_is_told_of_a_draft(self):
        self.written()
        self.assertFalse(self.mails())

    def test_recipients_are_told_when_a_person_publishes_the_draft(self):
        generation = self.written()
        generation.post_id.with_user(self.writer).website_published = True
        self.assertEqual(len(self.mails()), 1)

    def test_publishing_again_mails_nobody_again(self):
        post = self.written(publish=True).post_id
        post.is_published = False
        post.is_published = True
        self.assertEqual(len(self.mails()), 1)

    def test_the_mail_has_the_copy_as_it_is_then(self):
        post = self.written().post_id
        post.social_ids.filtered(lambda s: s.network == "x").text = "Edited by hand"
        post.is_published = True
        self.assertIn("Edited by hand", self.mails().body_html)

    def test_hostile_copy_is_text_in_the_mail(self):
        post = self.written().post_id
        post.social_ids[0].text = "<script>alert(1)</script>{{ 7*7 }}"
        post.is_published = True
        self.assertNotIn("<script", self.mails().body_html)
        self.assertIn("{{ 7*7 }}", self.mails().body_html)

    def test_each_recipient_is_told_in_his_own_language(self):
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

    def test_posts_that_people_write_themselves_mail_nobody(self):
        post = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id}
        )
        post.is_published = True
        self.assertFalse(self.mails())
