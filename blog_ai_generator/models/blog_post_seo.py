# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timezone

from odoo import models

# Odoo writes these as its database has them: "2026-11-29 17:00:00", without a zone.
TIMES = ("article:published_time", "article:modified_time")


def iso_time(moment: datetime) -> str:
    """Return ``moment``, in UTC and without a zone, as ISO 8601 with its zone."""
    return moment.replace(microsecond=0, tzinfo=timezone.utc).isoformat()


class BlogPostSeo(models.Model):
    """The metadata of a post for search engines and networks."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    def _default_website_meta(self):
        """Share a post without a cover with the website's image, and times with a zone.

        Odoo sends networks to the home page for the picture of a post without a cover.
        """
        meta = super()._default_website_meta()
        if not meta["default_opengraph"]["og:image"]:
            website = self.env["website"].get_current_website()
            has_own = website.has_social_default_image
            field = "social_default_image" if has_own else "logo"
            image = website.image_url(website, field)
            meta["default_opengraph"]["og:image"] = image
            meta["default_twitter"]["twitter:image"] = image
        for name in TIMES:
            moment = meta["default_opengraph"].get(name)
            if isinstance(moment, datetime):
                meta["default_opengraph"][name] = iso_time(moment)
        return meta
