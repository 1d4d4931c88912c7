# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestReviewer(BlogAiCase):
    """The form of a slot warns about a reviewer who can't be asked."""

    def is_warned(self, **values) -> bool:
        slot = self.env["blog.ai.slot"].create(
            {
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "lang": "en_US",
                **values,
            }
        )
        slots = slot.with_user(self.writer)
        arch = etree.fromstring(slots.get_view(view_type="form")["arch"])
        (warning,) = arch.xpath("//div[@data-blog-ai='reviewer-address']")
        names = ("publish", "reviewer_id", "reviewer_active", "reviewer_address")
        shown = {name: slots.read([name])[0][name] for name in names}
        return not safe_eval(warning.get("invisible"), shown)

    def test_that_a_reviewer_can_not_be_mailed_is_said_where_he_is_chosen(self):
        reviewer = self.writer
        for email, warned in ((False, True), ("rosa", True), ("r@example.com", False)):
            reviewer.email = email
            with self.subTest(email=email):
                self.assertEqual(self.is_warned(reviewer_id=reviewer.id), warned)

    def test_nothing_is_said_where_nobody_is_asked(self):
        self.writer.email = False
        self.assertFalse(self.is_warned())
        self.assertFalse(self.is_warned(reviewer_id=self.writer.id, publish=True))
