# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
import string

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .blog_post_social import COPIES

ALPHABET = string.ascii_letters + string.digits
# Odoo's own codes begin with 3 characters, so that none of them is one of ours.
CODE_LENGTH = 9
MEDIUM = "Social"
# Trackers that are looked for and created together.
BATCH = 200
TRACKED = {"code", "tracker_id"}


class BlogPostSocialTracking(models.Model):
    """The short link of a text, whose clicks Odoo's link tracker counts.

    Its code is stored with the text, in the same statement. The tracker behind it is
    created at the first click, so that storing a post costs nothing more.
    """

    _inherit = "blog.post.social"  # pylint: disable=consider-merging-classes-inherited

    code = fields.Char(readonly=True, copy=False)
    tracker_id = fields.Many2one(
        "link.tracker",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    # Nothing is looked up for a link that nobody has clicked.
    clicks = fields.Integer(related="tracker_id.count", string="Clicks")

    _one_a_code = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL",
        "This short link is taken. Save again to get another one.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, **_new_code()} for vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            vals = {name: vals[name] for name in vals.keys() - TRACKED}
        return super().write(vals)

    @api.model
    def _prepare_link(self, post, network):
        saved = post.social_ids.filtered(lambda copy: copy.network == network)
        return {**super()._prepare_link(post, network), "code": saved.code}

    def _address(self) -> str:
        address = super()._address()
        if not address or not self.code:
            return address
        return f"{self.post_id._origin.get_base_url()}/r/{self.code}"

    @api.model
    def _track(self, code: str) -> None:
        """Create the tracker of a code that is clicked for the first time."""
        codes = self.env["link.tracker.code"].sudo()
        if len(code) != CODE_LENGTH or codes.search_count([("code", "=", code)]):
            return
        # Odoo repeats the second of two simultaneous first clicks, which finds it.
        query = "SELECT id FROM %s WHERE code = %s FOR UPDATE"
        for copies in map(self.env.__getitem__, COPIES):
            table = SQL.identifier(copies._table)
            rows = self.env.execute_query(SQL(query, table, code))
            copies.sudo().browse([copy_id for (copy_id,) in rows])._create_trackers()

    def _create_trackers(self) -> None:
        """Create the trackers of texts whose posts are visible."""
        for part in split_every(BATCH, self.filtered(_is_visible).ids, self.browse):
            values = part._prepare_trackers()
            trackers = self.env["link.tracker"].search_or_create(values)
            pairs = [*zip(part, trackers, strict=True)]
            self.env["link.tracker.code"].create(
                [{"code": copy.code, "link_id": it.id} for copy, it in pairs]
            )
            for copy, tracker in pairs:
                copy.tracker_id = tracker

    def _tracked_url(self) -> str:
        post = self._announced_post()
        # Odoo caches ``website_absolute_url`` once for all languages.
        return f"{post.get_base_url()}{post.website_url}"

    def _prepare_trackers(self) -> list[dict]:
        labels = dict(self._fields["network"].selection)
        sources = {
            name: self._utm("utm.source", labels[name])
            for name in {*self.mapped("network")}
        }
        medium = self._utm("utm.medium", MEDIUM)
        return [
            {
                "url": copy._tracked_url(),
                # Odoo would fetch the page for its title otherwise.
                "title": copy._announced_post().name,
                "source_id": sources[copy.network],
                "medium_id": medium,
                "campaign_id": copy.post_id.blog_id._blog_ai_campaign().id,
            }
            for copy in self
        ]

    @api.model
    def _utm(self, model: str, name: str) -> int:
        return self.env["utm.mixin"].find_or_create_record(model, name)["id"]


def _new_code() -> dict:
    letters = (secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
    return {"code": "".join(letters)}


def _is_visible(copy) -> bool:
    post = copy.post_id
    return bool(copy.code and post.is_published and not post._blog_ai_is_ahead())
