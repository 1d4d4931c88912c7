# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LinkTracker(models.Model):
    _inherit = "link.tracker"

    @api.model
    def get_url_from_code(self, code):
        self.env["blog.post.social"]._track(code)
        return super().get_url_from_code(code)
