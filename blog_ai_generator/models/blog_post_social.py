# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import networks

NETWORKS = [
    ("x", "X"),
    ("bluesky", "Bluesky"),
    ("mastodon", "Mastodon"),
    ("linkedin", "LinkedIn"),
]
# Characters: more than these networks take, few enough to be measured as one types.
MAX_TEXT = 10_000


class BlogPostSocial(models.Model):
    """The copy with which one post is announced on one network, without its link.

    The link is not stored but counted: it goes on a line of its own behind the text.
    """

    _name = "blog.post.social"
    _description = "Social Copy"
    _order = "post_id, id"
    _rec_name = "network"

    post_id = fields.Many2one(
        "blog.post", required=True, ondelete="cascade", index=True
    )
    network = fields.Selection(NETWORKS, required=True)
    text = fields.Text(required=True)
    link = fields.Char(compute="_compute_link")
    limit = fields.Integer(compute="_compute_limit")
    length = fields.Integer(
        compute="_compute_length", help="As the network counts, with the link."
    )
    excess = fields.Integer(
        compute="_compute_length", help="Characters to cut from the text."
    )
    is_too_long = fields.Boolean(compute="_compute_length")

    _one_a_network = models.Constraint(
        "UNIQUE (post_id, network)",
        "This post has copy for that network already. Change the line that is there.",
    )

    @api.depends("post_id.website_absolute_url")
    def _compute_link(self):
        for copy in self:
            # A post that is being edited has its address as it is saved, or none yet.
            copy.link = copy.post_id._origin.website_absolute_url

    @api.depends("network")
    def _compute_limit(self):
        for copy in self:
            copy.limit = copy._limit() if copy.network else 0

    @api.depends("network", "text", "link", "limit")
    def _compute_length(self):
        for copy in self:
            measure = copy._measure()
            copy.length = measure.length
            copy.excess = measure.excess
            copy.is_too_long = not measure.is_valid

    @api.constrains("text")
    def _check_text(self):
        for copy in self:
            if len(copy.text) > MAX_TEXT:
                raise ValidationError(
                    self.env._(
                        "The copy for %(network)s has more than %(limit)s characters, "
                        "which no network takes: shorten it.",
                        network=dict(NETWORKS)[copy.network],
                        limit=MAX_TEXT,
                    )
                )

    def _limit(self):
        """How long the copy may be, as its network counts; a hook for other servers."""
        self.ensure_one()
        return networks.RULES[self.network].budgets[0].limit

    def _measure(self):
        self.ensure_one()
        if not self.network:
            return networks.Measure(0, 0, 0, True)
        text = (self.text or "")[:MAX_TEXT]
        return networks.measure(self.network, text, self.link or "", self.limit)
