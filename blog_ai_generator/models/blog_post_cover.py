# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging
import re

from odoo import fields, models

from ..pictures import Cover, draw_cover
from .blog_post import EDITORS
from .ir_attachment import DRAWN, SHARED

_logger = logging.getLogger(__name__)

# The address of a background image: browsers write it with quotes, and Odoo adds a size
# to some.
BACKGROUND = re.compile(r"""url\(["']?([^"')?#]+)""")
# An address of this site has no host.
PATH = re.compile("/[^/]")
HOST = re.compile(r"(https?:)?//[^/]*")
FILE = re.compile(r"/web/image/(\d+)(?=[-/]|$)")


class BlogPostCover(models.Model):
    """The picture of a post for networks, which has its title."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    # Set if a person chose the pattern; its group keeps it from visitors' queries.
    blog_ai_cover_seed = fields.Char(
        "Pattern of the Cover", readonly=True, copy=False, groups=EDITORS
    )

    def write(self, vals):
        # Odoo's website editor writes the cover alone. Who writes the picture for
        # networks, too, has decided about it.
        is_edited = "cover_properties" in vals and "website_meta_og_img" not in vals
        posts = self.sudo()
        before = [it._blog_ai_cover_address() for it in posts] if is_edited else []
        result = super().write(vals)
        for post, address in zip(posts, before, strict=False):
            post._blog_ai_follow_cover(address)
        if "name" in vals:
            posts._blog_ai_redraw()
        return result

    def action_blog_ai_choose_cover(self):
        self.ensure_one()
        return self.blog_ai_generation_id.action_choose_cover()

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
            if picture and post._blog_ai_draw_title(picture):
                post.website_meta_og_img = picture._blog_ai_url()

    def _blog_ai_draw_title(self, picture) -> bool:
        """Draw the title on ``picture``, and return whether it had another one."""
        title = self._blog_ai_in(self.blog_ai_generation_id.lang).name
        if title == picture.description:
            return False
        if cover := self._blog_ai_try_to_draw(title):
            picture.write({"raw": cover.titled, "description": title})
        return bool(cover)

    def _blog_ai_try_to_draw(self, title: str) -> Cover | None:
        blog = self.blog_ai_generation_id.blog_id or self.blog_id
        style = blog._blog_ai_drawing_style()
        try:
            return draw_cover(title, style, self._blog_ai_seed())
        except Exception:
            _logger.exception("No picture could be drawn for post %s", self.id)
            return None

    def _blog_ai_follow_cover(self, before: str) -> None:
        """Show networks the cover that a person has chosen in Odoo's editor.

        Without one, or with one that visitors may not see, they get the drawn picture.
        A picture that somebody has set for networks alone stays.

        :param before: address of the previous background image
        """
        address = self._blog_ai_cover_address()
        if address == before or not self.blog_ai_is_generated:
            return
        values = {"blog_ai_cover_seed": False}
        if self._blog_ai_shares_cover(before):
            values["website_meta_og_img"] = self._blog_ai_shown_to_networks(address)
        self.write(values)

    def _blog_ai_shown_to_networks(self, address: str) -> str | bool:
        """Return the address of the picture for networks.

        :param address: of the cover; Odoo gives them one of another site by itself
        """
        path = self._blog_ai_cover_path()
        is_hidden = _file_id(path) and not self._blog_ai_cover_picture()
        if address and not is_hidden:
            return path
        picture = self._blog_ai_titled_picture()
        return bool(picture) and picture._blog_ai_url()

    def _blog_ai_titled_picture(self):
        """Return the drawn picture with the present title.

        Where none is left, it is drawn, unless the posts of the blog have no covers.
        """
        pictures = self.env["ir.attachment"]
        found = pictures.search(self._blog_ai_drawn(SHARED), order="id desc", limit=1)
        if found:
            self._blog_ai_draw_title(found)
        elif self.blog_id._blog_ai_cover_style():
            title = self._blog_ai_in(self.blog_ai_generation_id.lang).name
            cover = self._blog_ai_try_to_draw(title)
            titled = pictures._blog_ai_prepare_cover(cover, title)[-1:]
            found = pictures.create([{**vals, "res_id": self.id} for vals in titled])
        return found

    def _blog_ai_drawn(self, *names: str) -> list[tuple]:
        return [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("name", "in", names),
        ]

    def _blog_ai_shares_cover(self, path: str) -> bool:
        """Return whether nobody set a picture for networks beside the cover ``path``.

        That of a copied post is the file of another one.
        """
        shared = HOST.sub("", self.website_meta_og_img or "", count=1).partition("?")[0]
        if not shared or shared == path:
            return True
        picture = self.env["ir.attachment"].browse(_file_id(shared)).exists()
        return picture.name == SHARED and picture.res_model == self._name

    def _blog_ai_has_drawn_cover(self) -> bool:
        """Return whether nobody has chosen or removed a cover since it was drawn.

        True, too, if it could not be drawn and the post has none.
        """
        if self.blog_ai_cover_seed:
            return False
        cover, shared = self._blog_ai_cover_path(), self.website_meta_og_img
        drawn = self.env["ir.attachment"].search(self._blog_ai_drawn(DRAWN, SHARED))
        if not drawn:
            return not (cover or shared)
        return {_file_id(cover), _file_id(shared or cover)} <= {*drawn.ids}

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

    def _blog_ai_cover_address(self) -> str:
        properties = json.loads(self.cover_properties or "{}")
        found = BACKGROUND.match(properties.get("background-image") or "")
        return found[1] if found else ""

    def _blog_ai_cover_path(self) -> str:
        """Return the path of the background image; empty for none of this site."""
        address = self._blog_ai_cover_address()
        return address if PATH.match(address) else ""

    def _blog_ai_cover_picture(self):
        """Return the ``ir.attachment`` of the cover, one with the title if it is drawn.

        Empty for none, and for one that is no picture of this database.
        """
        pictures = self.env["ir.attachment"]
        # The path is what somebody wrote: it may name a file that is not theirs.
        picture = pictures.browse(_file_id(self._blog_ai_cover_path())).exists()
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
        found = pictures.search(self._blog_ai_drawn(SHARED), limit=1)
        return found if found and found._blog_ai_url() == address else pictures


def _file_id(path: str) -> int | None:
    found = FILE.match(path)
    return int(found[1]) if found else None
