# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..attempt import Attempt
from ..pictures import best_pictures

# The newest pictures of a library are looked at.
MOST_PICTURES = 500
MIMETYPES = ("image/jpeg", "image/png", "image/webp")


class BlogAiGenerationLibrary(models.Model):
    """Covers from the media library of the website editor."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _library_pictures(self, attempts):
        """Return the pictures that people have uploaded, if a post may take one.

        All posts that are stored together share one query.
        """
        attachments = self.env["ir.attachment"].sudo()
        if not any(_is_wanted(attempt) for attempt in attempts):
            return attachments
        return self._library()

    @api.model
    def _library(self):
        attachments = self.env["ir.attachment"].sudo()
        # The domain of the website editor's dialog, without shapes and addresses.
        return attachments.search_fetch(
            [
                ("res_model", "=", "ir.ui.view"),
                ("public", "=", True),
                ("type", "=", "binary"),
                ("mimetype", "in", MIMETYPES),
            ],
            ["name", "description", "checksum", "website_id", "company_id"],
            order="id desc",
            limit=MOST_PICTURES,
        )

    def _picture_of(self, attempt: Attempt, library):
        """Return the picture of ``library`` that goes best with a post, or none."""
        if not _is_wanted(attempt):
            return library.browse()
        return self._chosen(library, attempt.outcome.answer.article.title, 1)

    def _library_choice(self, title: str, most: int):
        """Return the pictures that go best with a title and our tags and keywords."""
        return self.sudo()._chosen(self._library(), title, most)

    def _chosen(self, library, title: str, most: int):
        mine = library.filtered(
            lambda picture: (
                picture.website_id <= self.blog_id.website_id
                and picture.company_id <= self.company_id
            )
        )
        names = [f"{one.name} {one.description or ''}" for one in mine]
        places = best_pictures(title, self._keywords(), names, most)
        return mine.browse([mine[place].id for place in places])


def _is_wanted(attempt: Attempt) -> bool:
    # The claim has read the blog; it is not read again.
    style = attempt.outcome.claim.cover
    return style is not None and style.from_library
