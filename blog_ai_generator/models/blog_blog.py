# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..internals import clear_cache, default_language, ormcache


class BlogBlog(models.Model):
    _inherit = "blog.blog"

    blog_ai_link_hosts = fields.Char(
        "Sites the AI May Link To",
        groups="website.group_website_designer",
        help="Sites, such as www.example.com, that generated articles of this blog may "
        "link to. Links to other sites are removed, because models invent them.",
    )

    blog_ai_recipient_ids = fields.Many2many(
        "res.partner",
        "blog_blog_blog_ai_recipient_rel",
        string="Recipients of AI Posts",
        groups="website.group_website_designer",
        help="Leave empty to use the company's recipients.",
    )

    blog_ai_waiting_count = fields.Integer(
        "Topics Waiting",
        compute="_compute_blog_ai_counts",
        groups="website.group_website_designer",
    )
    blog_ai_slot_count = fields.Integer(
        "Daily Slots",
        compute="_compute_blog_ai_counts",
        groups="website.group_website_designer",
    )

    def _compute_blog_ai_counts(self):
        mine = Domain("blog_id", "in", self.ids)
        waiting = mine & Domain("state", "=", "waiting")
        for name, model, domain in (
            ("blog_ai_waiting_count", "blog.ai.topic", waiting),
            ("blog_ai_slot_count", "blog.ai.slot", mine),
        ):
            groups = self.env[model]._read_group(domain, ["blog_id"], ["__count"])
            counts = dict(groups)
            for blog in self:
                blog[name] = counts.get(blog, 0)

    @api.model
    @ormcache()
    def _blog_ai_archived_ids(self) -> frozenset[int]:
        """Return the ids of archived blogs, which each retry and slot asks for."""
        archived = self.sudo().with_context(active_test=False)
        return frozenset(archived.search([("active", "=", False)]).ids)

    @api.model_create_multi
    def create(self, vals_list):
        blogs = super().create(vals_list)
        if not all(vals.get("active", True) for vals in vals_list):
            clear_cache(self.env)
        return blogs

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("active", "blog_ai_recipient_ids")):
            clear_cache(self.env)
        if "active" in vals:
            slots = self.env["blog.ai.slot"].sudo()
            slots.search([("blog_id", "in", self.ids)])._replan()
        return result

    def _message_compute_author(self, author_id=None, email_from=None):
        if author_id is None and email_from is None:
            author_id = self.env.context.get("blog_ai_sender_id")
        return super()._message_compute_author(author_id, email_from)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_unfinished(self):
        # Generations of other companies count, too; the error names no topic.
        generations = self.env["blog.ai.generation"].sudo()
        unfinished = generations.search(
            [("blog_id", "in", self.ids), ("state", "in", ("queued", "writing"))],
            limit=1,
        )
        if unfinished:
            raise UserError(
                self.env._(
                    "Articles are queued or being written for the blog %(blog)s. "
                    "Cancel their generations, or wait until they are done, before you "
                    "delete the blog.",
                    blog=unfinished.blog_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_from_calls(self):
        # PostgreSQL can't empty both columns of a call that this transaction created:
        # that of the blog, and that of a generation that is deleted with the blog.
        calls = self.env["blog.ai.call"].sudo()
        calls.search([("blog_id", "in", self.ids)]).blog_id = False
        calls.flush_model(["blog_id"])

    @api.model
    def _blog_ai_domain(self) -> list:
        return [
            "|",
            ("website_id", "=", False),
            ("website_id.company_id", "in", self.env.companies.ids),
        ]

    @api.model
    def _blog_ai_default(self):
        """Return the first blog in display order.

        Fetches the fields that the forms read in the same query.
        """
        return self.search_fetch(
            self._blog_ai_domain(),
            ["name", "website_id", "blog_ai_voice_id"],
            order="sequence, name, id",
            limit=1,
        )

    @api.model
    def _blog_ai_only(self):
        """Return the blog if there is but one, otherwise no record."""
        blogs = self.search(self._blog_ai_domain(), limit=2)
        return blogs if len(blogs) == 1 else self.browse()

    def _blog_ai_check_company(self) -> None:
        for blog in self:
            company = blog.website_id.company_id
            if company and not company._blog_ai_is_ticked():
                raise ValidationError(
                    self.env._(
                        "The blog %(blog)s belongs to %(company)s. Switch to that "
                        "company, or choose another blog.",
                        blog=blog.name,
                        company=company.sudo().name,
                    )
                )

    def _blog_ai_lang(self) -> str:
        """Return the code of the language that visitors read.

        A blog of no website uses the language of the current website.
        """
        website = self.website_id or self.env["website"].get_current_website()
        return default_language(website) or self.env.lang or "en_US"

    def _blog_ai_recipients(self):
        company = self.website_id.company_id or self.env.company
        if not company._blog_ai_is_ticked():
            return self.env["res.partner"]
        return self.blog_ai_recipient_ids or company.sudo().blog_ai_recipient_ids

    @ormcache("self.id", "company.id")
    def _blog_ai_standing_recipient_ids(self, company) -> frozenset[int]:
        """Return the ids of those who get an email about each post of the blog.

        Cached, because each published post asks.
        """
        own = self.sudo().blog_ai_recipient_ids
        return frozenset((own or company.sudo().blog_ai_recipient_ids).ids)

    def _blog_ai_link_hosts(self) -> frozenset[str]:
        hosts = (self.blog_ai_link_hosts or "").replace(",", " ").lower()
        return frozenset(hosts.split())

    @api.constrains("blog_ai_link_hosts")
    def _check_link_hosts(self):
        for blog in self:
            for host in blog._blog_ai_link_hosts():
                if "/" in host or ":" in host or "." not in host.strip("."):
                    raise ValidationError(
                        self.env._(
                            "“%(host)s” is not the name of a site. Enter names such as "
                            "www.example.com, without https:// and path.",
                            host=host,
                        )
                    )
