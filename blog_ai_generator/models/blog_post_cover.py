# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging
import re

from odoo import fields, models

from ..pictures import draw_cover
from .blog_post import EDITORS
from .ir_attachment import DRAWN, SHARED

_logger = logging.getLogger(__name__)


class BlogPostCover(models.Model):
    """The picture of a post for networks, which has its title."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    # Set if a person chose the pattern; its group keeps it from visitors' queries.
    blog_ai_cover_seed = fields.Char(
        "Pattern of the Cover", readonly=True, copy=False, groups=EDITORS
    )

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self.sudo()._blog_ai_redraw()
        return result

    def _default_website_meta(self):
        meta = super()._default_website_meta()
        if self.website_meta_og_img:
            # The cover itself is a background, which readers of a screen leave out.
            meta["default_opengraph"]["og:image:alt"] = self.name
            meta["default_twitter"]["twitter:image:alt"] = self.name
        return meta

    def _blog_ai_redraw(self) -> None:
        """Draw the title anew on pictures that we have drawn, which networks show.

        The title is the one in the language of the post, and the pattern stays. So does
        a picture that a person chose.
        """
        for post in self.filtered("blog_ai_generation_id"):
            picture = post._blog_ai_shared_picture()
            generation = post.blog_ai_generation_id
            title = post._blog_ai_in(generation.lang).name
            style = generation.blog_id._blog_ai_drawing_style()
            if not picture or title == picture.description:
                continue
            try:
                cover = draw_cover(title, style, post._blog_ai_seed())
            except Exception:
                _logger.exception("No picture could be drawn for post %s", post.id)
                continue
            picture.write({"raw": cover.titled, "description": title})
            post.website_meta_og_img = picture._blog_ai_url()

    def _blog_ai_has_drawn_cover(self) -> bool:
        """Return whether nobody has chosen a cover since the post was written."""
        if self.blog_ai_cover_seed:
            return False
        return not self.website_meta_og_img or bool(self._blog_ai_shared_picture())

    def _blog_ai_seed(self) -> str:
        return self.blog_ai_cover_seed or str(self.blog_ai_generation_id.id)

    def _blog_ai_set_cover(
        self, picture, seed: str, credit: dict | None = None
    ) -> None:
        """Replace the cover, and the picture for networks.

        :param picture: an ``ir.attachment``; if empty, the cover is drawn
        :param seed: of the pattern to draw
        :param credit: ``name`` and ``link`` of a photographer
        """
        self.ensure_one()
        generation = self.blog_ai_generation_id
        if not picture:
            title = self._blog_ai_in(generation.lang).name
            style = generation.blog_id._blog_ai_drawing_style()
            vals_list = picture._blog_ai_prepare_cover(
                draw_cover(title, style, seed), title
            )
            picture = picture.create([{**v, "res_id": self.id} for v in vals_list])
        properties = json.loads(self.cover_properties)
        self.write(
            {
                **picture._blog_ai_cover_values(properties),
                "blog_ai_cover_seed": seed,
                "blog_ai_credit": credit
                and {**credit, "image": picture._blog_ai_url()},
            }
        )

    def _blog_ai_cover_picture(self):
        """Return the ``ir.attachment`` of the cover, one with the title if it is drawn.

        Empty for none, and for one that is no picture of this database.
        """
        properties = json.loads(self.cover_properties or "{}")
        address = properties.get("background-image") or ""
        found = re.search(r"/web/image/(\d+)-", address)
        pictures = self.env["ir.attachment"]
        # The address is what somebody wrote: it may name a file that is not theirs.
        picture = pictures.browse(found and int(found[1])).exists()
        is_shown = picture.public and (picture.mimetype or "").startswith("image/")
        if not is_shown:
            return pictures
        is_drawn = picture.name == DRAWN and picture.res_id == self.id
        return (is_drawn and self._blog_ai_shared_picture()) or picture

    def _blog_ai_shared_picture(self):
        pictures = self.env["ir.attachment"]
        address = self.website_meta_og_img or ""
        if not address.endswith(f"/{SHARED}"):
            return pictures
        mine = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("name", "=", SHARED),
        ]
        found = pictures.search(mine, limit=1)
        return found if found and found._blog_ai_url() == address else pictures
