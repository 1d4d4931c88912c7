# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

from odoo import models

from odoo.addons.blog_ai_generator.pictures import PhotoSearch

from ..fixtures import GOOD_KEY, UNSPLASH


class BlogAiGeneration(models.Model):
    """Searches for photos on the fake server."""

    _inherit = "blog.ai.generation"

    def _photo_search(self) -> PhotoSearch:
        search = super()._photo_search()
        api = self.env["ir.config_parameter"].sudo().get_param(UNSPLASH)
        if not api:
            return search
        return replace(search, key=GOOD_KEY, api=api, files=(f"{api}/files/",))
