# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import fields, models

from ..pictures import UNSPLASH

LINK = Markup('<a href="%s" target="_blank" rel="noopener">%s</a>')


class BlogPostCredit(models.Model):
    """The photographer of a post's cover, whom Unsplash wants to be named."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    # ``name`` and ``link`` of the photographer, ``image``: the address of the photo.
    # It has no groups: a visitor's page reads it with the other columns of a post.
    blog_ai_credit = fields.Json("Photographer", readonly=True, copy=False)

    def _blog_ai_credit(self) -> Markup | str:
        """Return who took the photo on the cover, or an empty string.

        Everything has been read for the page already: this makes no query. A person who
        chooses another cover in the website editor takes the credit off with the photo.
        """
        self.ensure_one()
        credit = self.blog_ai_credit
        if not credit or credit["image"] not in (self.cover_properties or ""):
            return ""
        return self.env._(
            "Photo by %(name)s on %(site)s",
            name=LINK % (credit["link"], credit["name"]),
            site=LINK % (UNSPLASH, "Unsplash"),
        )
