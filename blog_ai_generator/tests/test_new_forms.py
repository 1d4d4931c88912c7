# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.tests import Form, tagged

from .common import BlogAiCase

OTHERS = ("blog.blog", "blog.post", "res.config.settings")


@tagged("post_install", "-at_install")
class TestNewForms(BlogAiCase):
    """Forms before their record is saved: nothing in the database leads to it."""

    def test_no_new_form_looks_for_what_leads_to_its_record(self):
        own = ("blog.ai.", "blog.post.social")
        views = self.env["ir.ui.view"].search([("type", "=", "form")])
        models = {*filter(lambda name: name.startswith(own), views.mapped("model"))}
        self.assertGreaterEqual(len(models), 20)
        # Dialogs that open for a draft.
        self.env = self.env(context={"default_generation_id": self.ask().id})
        for name in sorted({*models, *OTHERS}):
            # A budget is made by the settings, for one.
            arch = etree.fromstring(self.env[name].get_view(view_type="form")["arch"])
            if arch.get("create") == "0":
                continue
            with self.subTest(name), self.assertNoLogs("odoo.domains", "WARNING"):
                Form(self.env[name])
