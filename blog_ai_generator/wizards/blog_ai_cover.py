# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import secrets

from odoo import api, fields, models

from ..pictures import draw_cover, preview
from ..utils import follow_ask, notification, open_choice

# Pictures to choose from, and how many of them come from the media library at most.
OFFERED = 4
FROM_LIBRARY = 2


class BlogAiCover(models.TransientModel):
    """A picture that a post may take as its cover."""

    _name = "blog.ai.cover"
    _description = "Cover to Choose"

    generation_id = fields.Many2one(
        "blog.ai.generation", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(readonly=True)
    seed = fields.Char(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="cascade")
    ask_id = fields.Many2one(
        "blog.ai.ask", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    is_generated = fields.Boolean(readonly=True)
    # The photographer's ``name`` and ``link``, and the address that counts its uses.
    credit = fields.Json(readonly=True)
    use = fields.Char(readonly=True)
    # No picture yet, but what to press for some.
    offers = fields.Selection(
        [("unsplash", "Look on Unsplash"), ("generated", "Generate")], readonly=True
    )
    image = fields.Binary("Picture", attachment=False, readonly=True)

    @api.model
    def _offer(self, generation):
        """Return four pictures for the post of a generation, each time other ones.

        Behind them is an offer for each source that takes time or money.
        """
        post = generation.post_id.ensure_one()
        title = post._blog_ai_in(generation.lang).name
        chosen = generation._library_choice(title, FROM_LIBRARY)
        vals_list = [
            {"attachment_id": picture.id, "name": picture.name, "image": picture.datas}
            for picture in chosen
        ]
        style = generation.blog_id.sudo()._blog_ai_drawing_style()
        for _number in range(OFFERED - len(vals_list)):
            seed = secrets.token_hex(8)
            small = preview(draw_cover(title, style, seed).titled)
            vals_list.append(
                {
                    "seed": seed,
                    "name": self.env._("Drawn from the title"),
                    "image": base64.b64encode(small),
                }
            )
        vals_list += self._prepare_offers(generation)
        # People may choose only from what is offered to them.
        return self.sudo().create(
            [{**vals, "generation_id": generation.id} for vals in vals_list]
        )

    @api.model
    def _prepare_offers(self, generation) -> list[dict]:
        offers = []
        if generation.sudo()._photo_search().key:
            name = self.env._("Look for photos on Unsplash")
            offers.append({"name": name, "offers": "unsplash"})
        return offers + self._prepare_generated(generation)

    @api.model
    def _prepare_generated(self, generation) -> list[dict]:
        provider, model, obstacle = generation.blog_id._blog_ai_painter(
            generation.company_id
        )
        if obstacle:
            return []
        count = provider._preset().pictures_at_once
        values = {
            "count": count,
            "provider": provider.name,
            "cost": provider._picture_estimate(model, count),
        }
        if count == 1:
            name = self.env._("Have %(provider)s make a picture: %(cost)s", **values)
        else:
            name = self.env._(
                "Have %(provider)s make %(count)s pictures: %(cost)s", **values
            )
        return [{"name": name, "offers": "generated"}]

    def action_generate(self):
        """Have pictures made or looked for, and offer them when they are there."""
        generation = self._reviewed()
        asks = self.env["blog.ai.ask"]
        if self.offers == "unsplash":
            asked = asks._ask_for_photos(generation)
        else:
            asked = asks._ask_to_choose(generation)
        name = self.env._("Choose a cover")
        opens = open_choice(self, name, [("ask_id", "=", asked["id"])])
        closes = {"type": "ir.actions.act_window_close"}
        return follow_ask(asked, opens=opens, next=closes)

    def _reviewed(self):
        """Return the generation if this person may change its post."""
        self.ensure_one()
        self.generation_id._reviewed_post().check_access("write")
        return self.generation_id

    def action_use(self):
        generation = self._reviewed()
        post, credit = generation.post_id, self.credit or None
        picture = self.attachment_id.sudo()
        if self.is_generated or credit:
            image = self.with_context(bin_size=False).image
            picture = picture._blog_ai_keep(base64.b64decode(image), post, credit)
        post.sudo()._blog_ai_set_cover(picture, self.seed or "", credit)
        if self.use:
            generation.sudo()._report_photo(self.use)
        return notification(
            self.env._("The post has this cover now."),
            following={"type": "ir.actions.act_window_close"},
        )
