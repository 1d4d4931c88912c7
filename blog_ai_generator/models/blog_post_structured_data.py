# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Structured data of a post: https://schema.org/BlogPosting as JSON-LD."""

from odoo import api, fields, models
from odoo.tools.json import scriptsafe
from odoo.tools.urls import urljoin

from ..internals import has_module
from .blog_post_seo import iso_time

# A member of https://schema.org/IPTCDigitalSourceEnumeration
GENERATED = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
# They write the structured data of a post themselves: Odoo from 20.0 on, and OCA.
OTHER_MIXIN = "website.structured_data.mixin"
OTHER_ADDON = "website_blog_schema_org"
# Google takes no longer headline: Article in its guide to structured data.
LONGEST_HEADLINE = 110


class BlogPostStructuredData(models.Model):
    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    # It has no groups, unlike the generation: a visitor's page reads it with the other
    # columns of a post, and states it. It stays when the generation is deleted.
    blog_ai_is_generated = fields.Boolean(
        "Written by a Language Model",
        compute="_compute_blog_ai_is_generated",
        store=True,
        precompute=True,
    )

    @api.depends("blog_ai_generation_id")
    def _compute_blog_ai_is_generated(self):
        for post in self:
            post.blog_ai_is_generated = bool(post.blog_ai_generation_id)

    def _blog_ai_jsonld(self, website):
        """Return the structured data for the page of a post, safe inside a script.

        Everything has been read for the page already: this makes no query.

        :return: JSON; None where Odoo or another addon writes it
        """
        if OTHER_MIXIN in self.env or has_module(self.env, OTHER_ADDON):
            return None
        self.ensure_one()
        return scriptsafe.dumps(self.sudo()._prepare_blog_ai_jsonld(website.sudo()))

    def _prepare_blog_ai_jsonld(self, website) -> dict:
        """Return the properties of a post; other addons may add some.

        Empty ones are left out: validators take them for errors.
        """
        base = website.get_base_url()
        local = self.env["ir.http"]._url_for
        url = urljoin(base, local(self.website_url))
        meta = self.get_website_meta()["opengraph_meta"]
        values = {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "@id": f"{url}#post",
            "url": url,
            "mainEntityOfPage": {"@type": "WebPage", "@id": url},
            "headline": (self.name or "")[:LONGEST_HEADLINE],
            "description": self.website_meta_description or self.subtitle,
            "image": [meta["og:image"]],
            "datePublished": self.post_date and iso_time(self.post_date),
            "dateModified": self.write_date and iso_time(self.write_date),
            "inLanguage": (self.env.lang or "").replace("_", "-"),
            "keywords": self.tag_ids.mapped("name"),
            "author": self._prepare_blog_ai_author(website),
            "publisher": {
                "@type": "Organization",
                "name": website.company_id.name,
                "url": base,
                "logo": {
                    "@type": "ImageObject",
                    "url": urljoin(base, website.image_url(website, "logo")),
                },
            },
            "isPartOf": {
                "@type": "Blog",
                "name": self.blog_id.name,
                "url": urljoin(base, local(self.website_url.rpartition("/")[0])),
            },
            "digitalSourceType": self._blog_ai_digital_source(),
        }
        return {name: value for name, value in values.items() if value}

    def _prepare_blog_ai_author(self, website) -> dict | None:
        if not self.author_name:
            return None
        # It would cost a query to tell whether another author is a person.
        is_company = self.author_id == website.company_id.partner_id
        kind = "Organization" if is_company else "Person"
        return {"@type": kind, "name": self.author_name}

    def _blog_ai_digital_source(self) -> str | None:
        is_by_model = self.blog_ai_is_generated or self._blog_ai_is_translated()
        return GENERATED if is_by_model else None
