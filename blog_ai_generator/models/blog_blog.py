# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BlogBlog(models.Model):
    _inherit = "blog.blog"

    blog_ai_link_hosts = fields.Char(
        "AI May Link to",
        groups="website.group_website_designer",
        help="Hosts, such as www.example.com, that generated articles of this blog may "
        "link to. Links to any other place are removed: models invent them.",
    )

    def _blog_ai_link_hosts(self) -> frozenset[str]:
        return frozenset(
            (self.blog_ai_link_hosts or "").replace(",", " ").lower().split()
        )

    @api.constrains("blog_ai_link_hosts")
    def _check_link_hosts(self):
        for blog in self:
            for host in blog._blog_ai_link_hosts():
                if "/" in host or ":" in host or "." not in host.strip("."):
                    raise ValidationError(
                        self.env._(
                            "“%(host)s” is not a host. Enter names such as "
                            "www.example.com, without https:// and path.",
                            host=host,
                        )
                    )
