# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import secrets

from odoo import api, fields, models

from ..pictures import draw_cover, preview
from ..utils import notification

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
    image = fields.Binary("Picture", attachment=False, readonly=True)

    @api.model
    def _offer(self, generation):
        """Return four pictures for the post of a generation, each time other ones."""
        post = generation.post_id.ensure_one()
        title = post.with_context(lang=generation.lang).name
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
        # People may choose only from what is offered to them.
        return self.sudo().create(
            [{**vals, "generation_id": generation.id} for vals in vals_list]
        )

    def action_use(self):
        self.ensure_one()
        self.generation_id._check_may_review()
        post = self.generation_id.post_id
        post.check_access("write")
        post.sudo()._blog_ai_set_cover(self.attachment_id.sudo(), self.seed or "")
        return notification(
            self.env._("The post has this cover now."),
            following={"type": "ir.actions.act_window_close"},
        )
