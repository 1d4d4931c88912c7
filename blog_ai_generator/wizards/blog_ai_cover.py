# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from itertools import count, islice

from odoo import api, fields, models

from ..messages import render
from ..pictures import draw_cover, preview
from ..utils import follow_ask, notification, open_choice, too_late

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
    is_present = fields.Boolean(readonly=True)
    # The photographer's ``name`` and ``link``, and the address that counts its uses.
    credit = fields.Json(readonly=True)
    use = fields.Char(readonly=True)
    # The button of a card without a picture, or the reason why it has none.
    offers = fields.Selection(
        [
            ("drawn", "Draw Others"),
            ("unsplash", "Look on Unsplash"),
            ("generated", "Generate"),
            ("obstacle", "No Pictures"),
        ],
        readonly=True,
    )
    # How many times other drawings were asked for, with this one.
    turn = fields.Integer(readonly=True)
    image = fields.Binary("Picture", attachment=False, readonly=True)

    @api.model
    def _offer(self, generation, turn: int = 0):
        """Return four pictures for the post of a generation, after its present cover.

        Each call returns the same pictures, followed by an offer for each further
        source.

        :param turn: how many times the person has asked for other drawings
        """
        title = generation.post_id.ensure_one()._blog_ai_in(generation.lang).name
        chosen = []
        if not turn:
            chosen = generation._library_choice(title, FROM_LIBRARY)
        vals_list = [
            *self._prepare_present(generation.post_id),
            *(
                {"attachment_id": it.id, "name": it.name, "image": it.datas}
                for it in chosen
            ),
            *self._prepare_drawn(generation, title, turn, OFFERED - len(chosen)),
            *self._prepare_offers(generation, turn + 1),
        ]
        # People may choose only from what is offered to them.
        return self.sudo().create(
            [{**vals, "generation_id": generation.id} for vals in vals_list]
        )

    @api.model
    def _prepare_present(self, post) -> list[dict]:
        picture = post.sudo()._blog_ai_cover_picture()
        values = {"is_present": True, "name": self.env._("Present cover")}
        return [{**values, "image": picture.datas}] if picture else []

    @api.model
    def _prepare_drawn(self, generation, title: str, turn: int, most: int):
        style = generation.blog_id.sudo()._blog_ai_drawing_style()
        post = generation.post_id
        seeds = (f"{post.id}-{number}" for number in count(1))
        others = (seed for seed in seeds if seed != post.sudo().blog_ai_cover_seed)
        for seed in islice(others, turn * OFFERED, turn * OFFERED + most):
            small = preview(draw_cover(title, style, seed).titled)
            yield {
                "seed": seed,
                "name": self.env._("Drawn from the title"),
                "image": base64.b64encode(small),
            }

    @api.model
    def _prepare_offers(self, generation, turn: int) -> list[dict]:
        name = self.env._("Draw others")
        offers = [{"name": name, "offers": "drawn", "turn": turn}]
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
            other = self._other_painter_note(generation, provider)
            name = other or render(self.env, obstacle)
            return [{"name": name, "offers": "obstacle"}]
        number = provider._preset().pictures_at_once
        values = {
            "count": number,
            "provider": provider.name,
            "cost": provider._picture_estimate(model, number),
        }
        if number == 1:
            name = self.env._("Have %(provider)s make a picture: %(cost)s", **values)
        else:
            name = self.env._(
                "Have %(provider)s make %(count)s pictures: %(cost)s", **values
            )
        return [{"name": name, "offers": "generated"}]

    @api.model
    def _other_painter_note(self, generation, provider) -> str:
        """Name a provider that makes pictures, where that of the blog makes none."""
        serves = [
            ("company_id", "in", [generation.company_id.id, False]),
            ("protocol", "!=", "offline"),
        ]
        known = self.env["blog.ai.provider"].sudo().search(serves)
        others = known.filtered(lambda it: it.is_ready and not it._picture_obstacle())
        if not provider or not others:
            return ""
        return self.env._(
            "%(provider)s makes no pictures; to have %(other)s make them, choose it as "
            "Provider of Pictures on the form of the blog.",
            provider=provider.name,
            other=others[0].name,
        )

    def action_generate(self):
        """Have pictures made or looked for, and offer them when they are there."""
        if why := self.generation_id._gone_note():
            return too_late(self.env, why)
        generation = self._reviewed()
        if self.offers == "drawn":
            return generation._open_covers(self.turn)
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
        if why := self.generation_id._gone_note():
            return too_late(self.env, why)
        generation = self._reviewed()
        if self.offers:
            return self.action_generate()
        if not self.is_present:
            self._put_on(generation.post_id)
        if self.use:
            generation.sudo()._report_photo(self.use)
        return notification(
            self.env._("The post has this cover now."),
            following={"type": "ir.actions.act_window_close"},
        )

    def _put_on(self, post) -> None:
        picture, credit = self.attachment_id.sudo(), self.credit or None
        if self.is_generated or credit:
            image = self.with_context(bin_size=False).image
            picture = picture._blog_ai_keep(base64.b64decode(image), post, credit)
        post.sudo()._blog_ai_set_cover(picture, self.seed or "", credit)
