# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import models
from odoo.tools import SQL

from ..internals import cached_ref
from ..linking import closest, linked_urls, without_links
from ..utils import open_list
from .blog_ai_generation_links import notes_on_links

# Posts that are proposed at most.
PROPOSED = 20


class BlogPostLinks(models.Model):
    """Links between the posts of a website."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    def _check_for_publication(self, vals):
        """Drop links of the writer to pages that have gone since it wrote.

        Odoo calls this at each publication, and we do once more when its date comes.
        """
        if vals.get("is_published"):
            self.sudo()._blog_ai_drop_gone_links()
        return super()._check_for_publication(vals)

    def _blog_ai_drop_gone_links(self) -> None:
        for post in self.filtered("blog_ai_generation_id.linked_pages"):
            generation = post.blog_ai_generation_id
            pages = generation.linked_pages
            keys = {page["key"] for page in pages}
            visible, unchecked = generation._visible_keys(keys)
            gone = keys - visible
            if not gone:
                continue
            post._blog_ai_unlink_pages({p["url"] for p in pages if p["key"] in gone})
            generation.linked_pages = [p for p in pages if p["key"] in visible]
            notes = notes_on_links(len(gone - unchecked), bool(gone & unchecked))
            generation._add_notes(*notes)

    def _blog_ai_unlink_pages(self, urls: set[str]) -> None:
        """Take links out of the text in each language.

        Written as SQL, since the ORM would replace the text of the other languages.
        """
        self.ensure_one()
        self.flush_recordset(["content"])
        query = "SELECT content FROM blog_post WHERE id = %s FOR UPDATE"
        self.env.cr.execute(SQL(query, self.id))
        (texts,) = self.env.cr.fetchone()
        mended = {
            lang: without_links(text, urls) for lang, text in (texts or {}).items()
        }
        if mended != (texts or {}):
            query = "UPDATE blog_post SET content = %s::jsonb WHERE id = %s"
            self.env.cr.execute(SQL(query, json.dumps(mended), self.id))
            self.invalidate_recordset(["content", "teaser"])

    def action_blog_ai_could_link_here(self):
        """List posts of this website that are alike and do not link here yet."""
        self.ensure_one()
        posts = self._blog_ai_could_link_here()
        name = self.env._("Posts That Could Link Here")
        view = cached_ref(self.env, "blog_ai_generator.blog_post_view_list_links")
        hint = self.env._(
            "These posts are about the same subject, or your post links to them. Open "
            "one, press “Edit”, and link from its text to “%s”.",
            self.name,
        )
        return open_list(
            posts,
            name,
            [("id", "in", posts.ids)],
            views=[(view.id, "list")],
            context={"blog_ai_hint": hint},
            help=self.env._(
                "No other published post of this website is about the same subject or "
                "linked from this one, or all of them link here already."
            ),
        )

    def _blog_ai_could_link_here(self):
        """Return posts that do not link here, the closest first.

        They are chosen as the pages that a generation is offered: by its topic and its
        keywords, too, since the title of its post may have none of their words. A young
        blog has few posts alike, so those that this one links to come after them.
        """
        generation = self.sudo().blog_ai_generation_id
        generations = self.env["blog.ai.generation"]
        website = self.blog_id.website_id
        mine = self._blog_ai_in(generation.lang)
        lang = mine.env.lang
        rows = generations._visible_posts(self.tag_ids.ids, website.ids)
        me = f"{self._name},{self.id}"
        pages = [page for page in generations._posts_in(rows, lang) if page.key != me]
        words = (mine.name, generation.topic or "", *generation._keywords())
        found = closest(pages, " ".join(words), self.tag_ids.ids, most=PROPOSED)
        linked = {page["key"] for page in generation.linked_pages or ()}
        found += [it for it in pages if it.key in linked and it not in found]
        posts = self.browse([int(page.key.rpartition(",")[2]) for page in found])
        return posts.filtered(lambda post: not post._blog_ai_links_to(self))

    def _blog_ai_links_to(self, post) -> bool:
        ending = f"-{post.id}"
        paths = (
            url.split("?")[0].split("#")[0].rstrip("/")
            for url in linked_urls(self.content or "")
        )
        return any("/blog/" in path and path.endswith(ending) for path in paths)
