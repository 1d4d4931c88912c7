# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class BlogPostSeo(models.Model):
    """The metadata of a post for search engines and networks."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    def _default_website_meta(self):
        """Share a post without a cover with the website's image.

        Generated posts have no cover. Odoo then sends networks to the home page for a
        picture.
        """
        meta = super()._default_website_meta()
        if not meta["default_opengraph"]["og:image"]:
            website = self.env["website"].get_current_website()
            has_own = website.has_social_default_image
            field = "social_default_image" if has_own else "logo"
            image = website.image_url(website, field)
            meta["default_opengraph"]["og:image"] = image
            meta["default_twitter"]["twitter:image"] = image
        return meta
