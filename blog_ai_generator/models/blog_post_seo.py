# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timezone

from odoo import models

from ..llm.answer import SEO_TITLE_LIMIT
from ..llm.excerpt import cut_phrase

# Odoo writes these as its database has them: "2026-11-29 17:00:00", without a zone.
TIMES = ("article:published_time", "article:modified_time")


def iso_time(moment: datetime) -> str:
    """Return ``moment``, in UTC and without a zone, as ISO 8601 with its zone."""
    return moment.replace(microsecond=0, tzinfo=timezone.utc).isoformat()


class BlogPostSeo(models.Model):
    """The metadata of a post for search engines and networks."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        is_renamed = "name" in vals and "website_meta_title" not in vals
        followed = self._blog_ai_followed_titles() if is_renamed else []
        result = super().write(vals)
        _follow_titles(followed)
        return result

    def _update_field_translations(self, field_name, translations, *args, **kwargs):
        # The translation dialog and the website editor store titles of other languages
        # here, by SQL.
        langs = translations if field_name == "name" else ()
        posts = (self.with_context(lang=lang) for lang in langs)
        followed = [pair for post in posts for pair in post._blog_ai_followed_titles()]
        result = super()._update_field_translations(
            field_name, translations, *args, **kwargs
        )
        _follow_titles(followed)
        return result

    def _blog_ai_followed_titles(self) -> list[tuple]:
        """Return the posts whose title for search engines is their title, and that.

        The title may have been shortened. A title for search engines in other words is
        somebody's, or the model's: it stays.
        """
        return [
            (post, post.name)
            for post in self
            if post.blog_ai_is_generated
            and post.website_meta_title
            and post.website_meta_title in (post.name, _seo_title(post.name or ""))
        ]

    def _default_website_meta(self):
        """Share a post without a cover with the website's image, and times with a zone.

        Odoo sends networks to the home page for the picture of a post without a cover.
        """
        meta = super()._default_website_meta()
        if not meta["default_opengraph"]["og:image"]:
            website = self.env["website"].get_current_website()
            has_own = website.has_social_default_image
            field = "social_default_image" if has_own else "logo"
            image = website.image_url(website, field)
            meta["default_opengraph"]["og:image"] = image
            meta["default_twitter"]["twitter:image"] = image
        for name in TIMES:
            moment = meta["default_opengraph"].get(name)
            if isinstance(moment, datetime):
                meta["default_opengraph"][name] = iso_time(moment)
        return meta


def _seo_title(title: str) -> str:
    return cut_phrase(title, SEO_TITLE_LIMIT)


def _follow_titles(followed: list[tuple]) -> None:
    for post, before in followed:
        if post.name != before:
            post.website_meta_title = _seo_title(post.name or "")
