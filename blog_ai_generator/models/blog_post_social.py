# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

NETWORKS = [
    ("x", "X"),
    ("bluesky", "Bluesky"),
    ("mastodon", "Mastodon"),
    ("linkedin", "LinkedIn"),
]


class BlogPostSocial(models.Model):
    """The copy with which one post is announced on one network, without its link."""

    _name = "blog.post.social"
    _description = "Social Copy"
    _order = "post_id, id"
    _rec_name = "network"

    post_id = fields.Many2one(
        "blog.post", required=True, ondelete="cascade", index=True
    )
    network = fields.Selection(NETWORKS, required=True)
    text = fields.Text(required=True)

    _one_a_network = models.Constraint(
        "UNIQUE (post_id, network)",
        "This post has copy for that network already. Change the line that is there.",
    )
