# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from ..mail_body import plain_text
from .social_case import SocialCase


class FrameCase(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.partner_id.write(
            {"phone": "+49 30 1234", "email": "us@example.com"}
        )

    def sent(self, *partners, **values):
        """Publish a post for partners; return the prepared emails in their order."""
        recipients = self.env["res.partner"].concat(*partners)
        people = [(6, 0, recipients.ids)]
        generation = self.ask(recipient_ids=people, publish=True, **values)
        self.attempt(generation)
        self.post = generation.post_id
        return self.prepared(self.post, recipients)

    def reasons(self, emails) -> list[str]:
        """Return the sentence of each email that says why it is sent."""
        said = "//div[starts-with(normalize-space(.), 'You get this email')][not(div)]"
        found = [html.fromstring(email["body"]).xpath(said) for email in emails]
        return [" ".join(it.text_content().split()) for (it,) in found]

    def prepared(self, record, recipients):
        mail = self.env["mail.mail"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("recipient_ids", "in", recipients.ids),
            ]
        )
        emails = [it for one in mail for it in one._prepare_outgoing_list()]
        return sorted(emails, key=lambda it: recipients.ids.index(it["partner_id"].id))


@tagged("post_install", "-at_install")
class TestMailFrame(FrameCase):
    """The look of our emails, and what each recipient finds in them."""

    def test_the_message_below_the_post_has_its_title_and_teaser_and_no_frame(self):
        self.sent(self.reader)
        sent = [("model", "=", "blog.post"), ("res_id", "=", self.post.id)]
        message = self.env["mail.mail"].search(sent).mail_message_id
        text = html2plaintext(message.body)
        self.assertIn(self.post.name, text)
        self.assertIn(self.post.teaser, text)
        self.assertNotIn("Read the post", text)

    def test_the_email_has_logo_preheader_button_and_footer_of_the_sender(self):
        (email,) = self.sent(self.reader)
        tree = html.fromstring(email["body"])
        # Another addon may add a picture that tells whether the email was opened.
        (logo,) = tree.xpath("//img[string(@alt)]")
        self.assertIn(f"/logo.png?company={self.company.id}", logo.get("src"))
        self.assertTrue(logo.get("src").startswith("http"))
        self.assertEqual(logo.get("alt"), self.company.name)
        (preheader,) = tree.xpath("//div[contains(@style, 'max-height: 0')]")
        self.assertEqual(preheader.text_content().strip(), self.post.teaser)
        (button,) = [a for a in tree.iter("a") if a.text_content() == "Read the post"]
        self.assertTrue(button.get("href").endswith(self.post.website_url))
        self.assertIn("background-color: #875A7B", button.get("style"))
        text = tree.text_content()
        self.assertIn("+49 30 1234", text)
        self.assertIn("us@example.com", text)

    def test_the_button_has_the_colors_of_the_company(self):
        self.company.write(
            {"email_primary_color": "#112233", "email_secondary_color": "#FFEE99"}
        )
        (email,) = self.sent(self.reader)
        self.assertRegex(
            email["body"], r"background-color: #FFEE99;[^\"]* color: #112233"
        )

    def test_each_text_is_ready_to_post_with_its_short_link(self):
        self.company.blog_ai_mastodon_server = "pots.example"
        (email,) = self.sent(self.writer.partner_id)
        tree = html.fromstring(email["body"])
        urls = [a.get("href") for a in tree.iter("a")]
        for copy in self.post.social_ids:
            with self.subTest(copy.network):
                self.assertIn(copy.link, urls)
                (page,) = [url for url in urls if url == copy._share_url()]
                self.assertIn(f"%2Fr%2F{copy.code}", page)
        self.assertIn("https://pots.example/share?", " ".join(urls))
        self.assertEqual(email["body"].count("Copy or edit in Odoo"), 4)

    def test_without_a_server_of_mastodon_there_is_no_page_to_open(self):
        (email,) = self.sent(self.reader)
        self.assertEqual(email["body"].count("Open in "), 3)

    def test_a_recipient_who_is_no_user_can_unsubscribe_and_a_user_need_not(self):
        reader, writer = self.sent(self.reader, self.writer.partner_id)
        (link,) = [
            a.get("href")
            for a in html.fromstring(reader["body"]).iter("a")
            if a.text_content() == "Unsubscribe"
        ]
        self.assertEqual(reader["headers"]["List-Unsubscribe"], f"<{link}>")
        self.assertEqual(
            reader["headers"]["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click"
        )
        token = self.company._blog_ai_token(self.reader.id)
        path = f"/blog_ai/unsubscribe/{self.company.id}/{self.reader.id}/{token}"
        self.assertTrue(link.endswith(path))
        self.assertNotIn("in Odoo", reader["body"])
        self.assertNotIn("nsubscribe", writer["body"] + str(writer["headers"]))

    def test_the_footer_says_why_each_recipient_gets_the_email(self):
        chosen = self.writer.partner_id
        self.blog.blog_ai_recipient_ids = self.reader
        emails = self.sent(self.reader, chosen)
        each = "You get this email about each new post of Unit blog."
        once = "You get this email because somebody chose you for this post."
        self.assertEqual(self.reasons(emails), [each, once])
        # Both are right after somebody has changed the list, or emptied it.
        self.blog.blog_ai_recipient_ids = chosen
        emails = self.sent(self.reader, chosen, topic="Limes")
        self.assertEqual(self.reasons(emails), [once, each])
        self.blog.blog_ai_recipient_ids = False
        for topic, people, reason in (
            ("Figs", self.reader.browse(), once),
            ("Plums", self.reader, each),
            ("Pears", chosen, once),
        ):
            self.company.blog_ai_recipient_ids = people
            emails = self.sent(self.reader, topic=topic)
            self.assertEqual(self.reasons(emails), [reason])

    def test_the_footer_names_the_daily_posts_to_recipients_of_a_slot(self):
        slot = {"blog_id": self.blog.id, "provider_id": self.offline.id}
        slot = self.env["blog.ai.slot"].create({**slot, "lang": "en_US"})
        daily = "You get this email about the daily posts of Unit blog."
        emails = self.sent(self.reader, slot_id=slot.id)
        self.assertEqual(self.reasons(emails), [daily])
        self.blog.blog_ai_recipient_ids = self.reader
        each = "You get this email about each new post of Unit blog."
        emails = self.sent(self.reader, slot_id=slot.id, topic="Limes")
        self.assertEqual(self.reasons(emails), [each])

    def test_posts_that_are_announced_together_say_their_own_reasons(self):
        other = self.blog.create(
            {"name": "Other blog", "blog_ai_recipient_ids": self.reader.ids}
        )
        people = [(6, 0, self.reader.ids)]
        generations = self.ask(recipient_ids=people)
        generations += self.ask("Figs", blog_id=other.id, recipient_ids=people)
        for generation in generations:
            self.attempt(generation)
        generations.post_ids.is_published = True
        mine, others = (
            self.reasons(self.prepared(generation.post_id, self.reader))
            for generation in generations
        )
        once = "You get this email because somebody chose you for this post."
        self.assertEqual(mine, [once])
        each = "You get this email about each new post of Other blog."
        self.assertEqual(others, [each])

    def test_mail_programs_can_read_the_address_that_ends_the_emails(self):
        (email,) = self.sent(self.reader)
        message = self.env["ir.mail_server"]._build_email__(
            email_from="us@example.com",
            email_to=["reader@example.com"],
            subject=self.post.name,
            body=email["body"],
            headers=email["headers"],
        )
        header = email["headers"]["List-Unsubscribe"]
        # Longer than a line, which Python would fold.
        self.assertGreater(len(header), 78)
        self.assertIn(f"\r\nList-Unsubscribe: {header}\r\n".encode(), bytes(message))

    def test_the_plain_text_is_what_a_person_reads(self):
        (email,) = self.sent(self.reader)
        text = email["body_alternative"]
        lines = text.splitlines()
        self.assertEqual(lines[0], "New in Unit blog")
        self.assertIn(self.post.name, text)
        self.assertEqual(text.count(self.post.teaser), 1)
        self.assertRegex(text, r"\nRead the post: https?://\S+\n")
        for copy in self.post.social_ids:
            self.assertIn(f"\n{copy.text}\n", text)
        for stray in ("{", "**", "[1]", "<", "&", "color-scheme", "logo.png", "\n\n\n"):
            self.assertNotIn(stray, text.replace(self.post.name, ""))
        self.assertFalse([line for line in lines if line != line.strip()])

    def test_hostile_text_stays_text_in_both_parts(self):
        generation = self.ask(recipient_ids=[(6, 0, self.reader.ids)])
        self.attempt(generation)
        post = generation.post_id
        hostile = '<a href="https://evil.example">x</a><style>*{}</style>'
        self.copy_of(post, "x").text = hostile
        post.is_published = True
        (email,) = self.prepared(post, self.reader)
        links = [a.get("href") for a in html.fromstring(email["body"]).iter("a")]
        self.assertTrue(links)
        self.assertFalse([url for url in links if url.startswith("https://evil")])
        self.assertIn(hostile, email["body_alternative"])

    def test_emails_of_other_apps_are_left_alone(self):
        mail = self.env["mail.mail"].create(
            {"body_html": "<p><b>Bold</b></p>", "recipient_ids": self.reader.ids}
        )
        (email,) = mail._prepare_outgoing_list()
        self.assertEqual(email["body_alternative"], "*Bold*")
        self.assertNotIn("List-Unsubscribe", email["headers"])

    def test_the_reviewer_gets_the_same_frame(self):
        generation = self.ask(reviewer_id=self.writer.id)
        self.attempt(generation)
        (email,) = self.prepared(generation.post_id, self.writer.partner_id)
        self.assertIn(f"/logo.png?company={self.company.id}", email["body"])
        self.assertRegex(
            email["body_alternative"],
            rf"\nOpen the draft: https?://\S+/odoo/blog.post/{generation.post_id.id}\n",
        )
        self.assertNotIn("nsubscribe", email["body"])


@tagged("post_install", "-at_install")
class TestPlainText(SocialCase):
    def test_links_have_their_label_unless_it_is_the_address(self):
        for body, text in (
            (
                '<p>See <a href="https://a.example">this</a>.</p>',
                "See\nthis: https://a.example\n.",
            ),
            ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
            ('<a href="https://a.example"><img src="x"/></a>', "https://a.example"),
            ("<p>One</p><p>Two<br/>lines</p>", "One\n\nTwo\nlines"),
            ("<div>a   b\n c</div>", "a b c"),
            ('<p class="o_blog_ai_verbatim">a\n\n b</p>', "a\n\nb"),
            ('<div>a<i class="o_blog_ai_skip">b</i>c</div>', "ac"),
            ("<div>a<!-- b -->c</div>", "ac"),
            ("<div><b>a</b> &lt;b&gt;</div>", "a <b>"),
        ):
            with self.subTest(body):
                self.assertEqual(plain_text(body), text)


@tagged("post_install", "-at_install")
class TestUnsubscribe(FrameCase, HttpCase):
    def lists(self):
        return [
            self.company.blog_ai_recipient_ids,
            self.blog.blog_ai_recipient_ids,
            self.slot.recipient_ids,
            self.waiting.recipient_ids,
        ]

    def setUp(self):
        super().setUp()
        both = (self.reader + self.writer.partner_id).ids
        self.company.blog_ai_recipient_ids = both
        self.blog.blog_ai_recipient_ids = both
        self.slot = self.env["blog.ai.slot"].create(
            {
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "lang": "en_US",
                "recipient_ids": [(6, 0, both)],
            }
        )
        self.waiting = self.ask("Figs", recipient_ids=[(6, 0, both)])
        self.authenticate(None, None)

    def path(self, company=None, partner=None, token=""):
        company, partner = company or self.company, partner or self.reader
        token = token or company._blog_ai_token(partner.id)
        return f"/blog_ai/unsubscribe/{company.id}/{partner.id}/{token}"

    def test_opening_the_page_changes_nothing(self):
        page = self.url_open(self.path())
        self.assertIn(self.company.name, page.text)
        self.assertTrue(all(self.reader in people for people in self.lists()))

    def test_the_button_takes_the_recipient_off_all_lists_of_the_company(self):
        page = self.url_open(self.path(), data={"List-Unsubscribe": "One-Click"})
        self.assertIn("You are unsubscribed", page.text)
        self.env.invalidate_all()
        others = self.writer.partner_id
        self.assertEqual(self.lists(), [others] * 4)
        self.assertIn("Unsubscribed", self.reader.message_ids[0].body)

    def test_nothing_that_is_restored_or_copied_brings_a_recipient_back(self):
        both = self.reader + self.writer.partner_id
        told = self.ask(recipient_ids=[(6, 0, both.ids)], publish=True)
        self.attempt(told)
        self.assertTrue(told.notified_at)
        old = self.blog.create({"name": "Old", "blog_ai_recipient_ids": both.ids})
        self.slot.active = old.active = self.reader.active = False
        self.url_open(self.path(), data={"List-Unsubscribe": "One-Click"})
        self.env.invalidate_all()
        self.slot.active = old.active = self.reader.active = True
        again = told.action_write_again()
        form = self.env["blog.ai.write"].with_context(**again["context"]).create({})
        lists = [*self.lists(), old.blog_ai_recipient_ids, form.recipient_ids]
        self.assertEqual(lists, [self.writer.partner_id] * 6)

    def test_a_link_works_for_its_own_recipient_and_company_only(self):
        other = self.env["res.company"].create({"name": "Other house"})
        token = self.company._blog_ai_token(self.reader.id)
        for path in (
            self.path(token="0" * 64),
            self.path(token="é" * 64),
            self.path(partner=self.writer.partner_id, token=token),
            self.path(company=other, token=token),
            re.sub(r"/\d+/", "/999999/", self.path(), count=1),
        ):
            with self.subTest(path):
                answer = self.url_open(path, data={"a": "b"})
                self.assertEqual(answer.status_code, 404)
        self.env.invalidate_all()
        self.assertTrue(all(self.reader in people for people in self.lists()))
