# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from urllib.parse import quote

from odoo import api, models

from ..pictures import ENDINGS, MODEL, Cover, mimetype_of, with_source_type

JPEG = "image/jpeg"
DRAWN = "cover.jpg"
# The end of the address of the picture that networks show.
SHARED = "share.jpg"
# Odoo's own for a post without a picture.
PROPERTIES = {
    "background_color_class": "o_cc3",
    "opacity": "0.2",
    "resize_class": "o_half_screen_height",
}
# Odoo's editor adds it to the size: words on a picture are white.
ON_PICTURE = "o_record_has_cover"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _blog_ai_prepare_cover(self, cover: Cover | None, title: str) -> list[dict]:
        """Return the values of a post's pictures: the cover, then that for networks.

        They are Odoo's own attachments of the post: they stay when the addon goes, and
        go when the post is deleted. One is both if no font has the title's letters.
        """
        if not cover:
            return []
        pictures = {cover.plain: DRAWN, cover.titled: SHARED}
        return [
            {
                "name": name,
                "description": title,
                "raw": raw,
                "mimetype": JPEG,
                "public": True,
                "res_model": "blog.post",
            }
            for raw, name in pictures.items()
        ]

    @api.model
    def _blog_ai_keep(self, raw: bytes, post, credit: dict | None = None):
        """Keep a file as it came; that of a model says how it was made.

        :param credit: of a photo: ``name`` and ``link``; none for what a model made
        """
        mimetype = mimetype_of(raw)
        # Odoo would save a large picture anew, without what it says of its origin.
        attachments = self.sudo().with_context(image_no_postprocess=True)
        return attachments.create(
            {
                "name": f"{'photo' if credit else 'picture'}.{ENDINGS[mimetype]}",
                "description": self._blog_ai_description(credit) or post.name,
                "raw": raw if credit else with_source_type(raw, MODEL),
                "mimetype": mimetype,
                "public": True,
                "res_model": post._name,
                "res_id": post.id,
            }
        )

    @api.model
    def _blog_ai_description(self, credit: dict | None) -> str:
        if not credit:
            return ""
        return self.env._(
            "Photo by %(name)s on Unsplash: %(link)s",
            name=credit["name"],
            link=credit["link"],
        )

    def _blog_ai_url(self) -> str:
        # Browsers may keep the picture for a year, as the address has its checksum.
        self.ensure_one()
        return f"/web/image/{self.id}-{self.checksum[:8]}/{quote(self.name)}"

    def _blog_ai_cover_values(self, properties: dict | None = None) -> dict:
        """Return the values of a ``blog.post`` with these pictures, or none.

        :param properties: the other properties of its cover; Odoo's by default
        """
        if not self:
            return {}
        # No quotes: Odoo then asks for a size that fits, and networks get an address
        # that they can open.
        image = {"background-image": f"url({self[0]._blog_ai_url()})"}
        properties = properties or PROPERTIES
        sizes = properties.get("resize_class", "").split()
        image["resize_class"] = " ".join(dict.fromkeys((ON_PICTURE, *sizes)))
        return {
            "cover_properties": json.dumps({**properties, **image}),
            "website_meta_og_img": self[-1]._blog_ai_url(),
        }
