# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..linking import linked_urls
from .test_links import MODULE, UNREAD, LinksCase


@tagged("post_install", "-at_install")
class TestUncheckedLinks(LinksCase):
    """Links of a source that fails go, with a note that is true."""

    def setUp(self):
        super().setUp()
        self.page = self.env["website.page"].create(
            {
                "name": "Lemons in autumn",
                "url": "/lemons-in-autumn",
                "type": "qweb",
                "arch": "<p>Yellow.</p>",
                "is_published": True,
            }
        )
        self.source = {"website.page": [("id", "=", self.page.id)]}
        self.patch(
            self.registry["blog.ai.generation"],
            "_blog_ai_link_sources",
            lambda generations: self.source,
        )
        self.generation = self.ask()

    def break_source(self):
        self.source["website.page"] = [("no_such_field", "=", 1)]

    def assertUnlinked(self):
        content = self.generation.post_id.content
        self.assertIn("Lemons in autumn", content)
        self.assertNotIn(self.page.url, linked_urls(content))
        self.assertIn(UNREAD, self.generation.repairs)
        self.assertNotIn("do not see any more", self.generation.repairs)

    @mute_logger(MODULE, "odoo.sql_db")
    def test_a_source_that_fails_leaves_the_others(self):
        """The database refuses the first one: no statement would work after it."""
        refused = [("id", "in", SQL("(SELECT 1 / 0)"))]
        self.source = {"blog.tag": refused, **self.source}
        pages, has_failed = self.env["blog.ai.generation"]._other_pages("en_US")
        self.assertEqual([page.url for page in pages], [self.page.url])
        self.assertTrue(has_failed)

    @mute_logger(MODULE, "odoo.sql_db")
    def test_a_source_that_fails_at_the_store(self):
        self.attempt(self.generation, meanwhile=self.break_source)
        self.assertUnlinked()

    @mute_logger(MODULE, "odoo.sql_db")
    def test_a_source_that_fails_at_the_publication(self):
        self.attempt(self.generation)
        content = self.generation.post_id.content
        self.assertIn(self.page.url, linked_urls(content))
        self.break_source()
        self.generation.post_id.is_published = True
        self.assertUnlinked()
        self.assertFalse(self.generation.linked_pages)
