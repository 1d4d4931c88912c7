# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..utils import installed_languages


class BlogAiLang(models.AbstractModel):
    """The language of what is written for a blog: that of its website, until somebody
    chooses another one."""

    _name = "blog.ai.lang"
    _description = "Language of What Is Written"

    lang = fields.Selection(
        installed_languages,
        "Language",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    # By it a language that was proposed is told from one that somebody chose.
    proposed_lang = fields.Char(
        "Language Proposed",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("blog_id")
    def _compute_lang(self):
        for record in self:
            proposed = record.blog_id._blog_ai_lang()
            if not record.lang or record.lang == record.proposed_lang:
                record.lang = proposed
            record.proposed_lang = proposed
