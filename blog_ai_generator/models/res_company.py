# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..internals import clear_cache, ormcache

SERVER = r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?"
# The limit of an unmodified Mastodon server.
MASTODON_LIMIT = 500


class ResCompany(models.Model):
    _inherit = "res.company"

    blog_ai_provider_id = fields.Many2one(
        "blog.ai.provider", "Default AI Provider", ondelete="set null"
    )
    blog_ai_recipient_ids = fields.Many2many(
        "res.partner",
        "res_company_blog_ai_recipient_rel",
        string="Recipients of AI Posts",
    )

    blog_ai_mastodon_server = fields.Char(
        "Mastodon Server",
        help="The server of the company's account: its name as in the address of the "
        "company's page, such as mastodon.social.",
    )
    blog_ai_mastodon_limit = fields.Integer(
        "Mastodon Limit",
        required=True,
        default=MASTODON_LIMIT,
        help="500 characters per post are usual. Your server shows its own number "
        "beside an empty new post.",
    )

    @api.constrains("blog_ai_provider_id")
    def _check_blog_ai_provider(self):
        for company in self:
            provider = company.sudo().blog_ai_provider_id
            if not provider._serves(company):
                raise ValidationError(
                    self.env._(
                        "%(provider)s belongs to %(theirs)s and can't be the default "
                        "provider of %(ours)s. Choose one of that company, or a shared "
                        "one, in its settings.",
                        provider=provider.name,
                        theirs=provider.company_id.name,
                        ours=company.name,
                    )
                )

    @api.constrains("blog_ai_mastodon_server")
    def _check_blog_ai_mastodon_server(self):
        for company in self.filtered("blog_ai_mastodon_server"):
            if not re.fullmatch(SERVER, company.blog_ai_mastodon_server):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is not a server name. Type it as in the address "
                        "of your Mastodon page, such as mastodon.social.",
                        name=company.blog_ai_mastodon_server,
                    )
                )

    @api.constrains("blog_ai_mastodon_limit")
    def _check_blog_ai_mastodon_limit(self):
        for company in self:
            if not 100 <= company.blog_ai_mastodon_limit <= 100_000:
                raise ValidationError(
                    self.env._(
                        "A Mastodon server accepts between 100 and 100,000 characters. "
                        "Enter your server's limit, or 500 if you do not know it."
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "blog_ai_recipient_ids" in vals:
            # `_blog_ai_standing_recipient_ids` keeps them.
            clear_cache(self.env)
        return result

    @api.model
    @ormcache()
    def _blog_ai_archived_ids(self) -> frozenset[int]:
        """Return the ids of archived companies; each claim and list asks for them.

        Odoo clears the cache when a company is archived or restored.
        """
        archived = self.sudo().with_context(active_test=False)
        return frozenset(archived.search([("active", "=", False)]).ids)

    def _blog_ai_is_ticked(self) -> bool:
        """Return whether the user has selected this company; always for the superuser.

        Fields that Odoo computes or checks with sudo are asked for the same user.
        """
        env = self.sudo(False).env
        return env.su or self in env.companies

    def _blog_ai_default_provider(self):
        """Return the provider of the company's settings, else the first usable one.

        One whose last test failed comes after those that are configured, unless the
        company chose it: nobody else decides where its texts are sent.

        A company that is not selected gets the one of the user's own company.
        """
        self.ensure_one()
        company = self if self._blog_ai_is_ticked() else self.env.company
        chosen = company.sudo().blog_ai_provider_id
        if chosen.active and chosen._serves(company):
            return chosen.sudo(False)
        return company._blog_ai_first_provider()

    def _blog_ai_first_provider(self):
        """Return the provider that is used unless the settings name one."""
        providers = self.env["blog.ai.provider"].search(
            [("company_id", "in", [self.id, False])]
        )
        ready = providers.filtered("is_ready")
        working = ready.filtered(lambda provider: not provider._last_test_failed())
        return (working or ready or providers)[:1]
