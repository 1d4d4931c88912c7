# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

MAX_LINES = 500


class BlogAiTopicPaste(models.TransientModel):
    """Many topics at once, one a line."""

    _name = "blog.ai.topic.paste"
    _description = "Paste Topics"

    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        default=lambda self: self.env["blog.blog"].search([], limit=1),
    )
    lines = fields.Text("Topics", required=True)
    tag_ids = fields.Many2many("blog.tag", string="Tags")
    count = fields.Integer(compute="_compute_count")

    @api.depends("lines")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard._titles())

    def _titles(self) -> list[str]:
        """Without blank lines, list markers and repetitions, in their order."""
        lines = (
            " ".join(line.lstrip("-*•– \t").split())
            for line in (self.lines or "").splitlines()
        )
        return list(dict.fromkeys(filter(None, lines)))

    def action_add(self):
        """Add them at the end of the blog's queue."""
        self.ensure_one()
        titles = self._titles()
        if not titles:
            raise UserError(self.env._("Paste at least one topic, one per line."))
        if len(titles) > MAX_LINES:
            raise UserError(
                self.env._(
                    "These are %(count)s topics. Paste at most %(most)s at once, or "
                    "import a file from the list of topics.",
                    count=len(titles),
                    most=MAX_LINES,
                )
            )
        last = self.env["blog.ai.topic"].search(
            [("blog_id", "=", self.blog_id.id)], order="sequence desc", limit=1
        )
        self.env["blog.ai.topic"].create(
            [
                {
                    "name": title,
                    "blog_id": self.blog_id.id,
                    "tag_ids": [fields.Command.set(self.tag_ids.ids)],
                    "sequence": last.sequence + place,
                }
                for place, title in enumerate(titles, 1)
            ]
        )
        return {"type": "ir.actions.act_window_close"}
