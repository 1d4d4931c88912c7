# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..attempt import Attempt
from ..linking import (
    Page,
    as_links,
    closest,
    ids_by_model,
    linked_urls,
    text_in,
    title_in,
    without_links,
)
from ..llm import ArticleRequest, Link
from ..messages import Message
from ..pump import Answered, Claim, Outcome
from .blog_ai_generation_link_sources import LOOKED_AT

POST = "blog.post"
# Posts that are looked at, so that a blog of any size costs the same: the newest ones,
# and the newest ones of each tag.
NEWEST, NEWEST_OF_TAG = 500, 100
# The condition of Odoo's own rules and pages.
VISIBLE = """
    post.active AND post.is_published AND blog.active
    AND post.post_date <= clock_timestamp() AT TIME ZONE 'UTC'
"""
# The LIMIT within LATERAL lets PostgreSQL look these posts up, where it would else read
# the whole table: 2.5 instead of 19 ms with 50,000 posts.
# One JSON text, so that one value is fetched and not several for each title; it is made
# of the pages that are left after the LIMIT.
CANDIDATES = f"""
    SELECT COALESCE(json_agg(json_build_array(
               page.id, page.name, page.seo_name, page.blog_id, page.blog,
               page.blog_seo_name, page.website_id, (
                   SELECT lang FROM blog_ai_generation
                    WHERE id = page.blog_ai_generation_id),
               ARRAY(SELECT blog_tag_id FROM blog_post_blog_tag_rel
                      WHERE %(has_tags)s AND blog_post_id = page.id))
               ORDER BY page.id DESC), '[]')
      FROM (SELECT post.id, post.name, post.seo_name, post.blog_ai_generation_id,
                   blog.id AS blog_id, blog.name AS blog,
                   blog.seo_name AS blog_seo_name,
                   COALESCE(blog.website_id, 0) AS website_id
              FROM (SELECT * FROM (
                           SELECT id FROM blog_post
                            ORDER BY id DESC LIMIT %(newest)s) newest
                     UNION
                    SELECT tagged.blog_post_id
                      FROM unnest(%(tags)s::int[]) AS tag (id)
                     CROSS JOIN LATERAL (
                           SELECT blog_post_id FROM blog_post_blog_tag_rel
                            WHERE blog_tag_id = tag.id
                            ORDER BY blog_post_id DESC
                            LIMIT %(of_tag)s) tagged) candidate
             CROSS JOIN LATERAL (
                   SELECT * FROM blog_post WHERE id = candidate.id LIMIT 1) post
              JOIN blog_blog blog ON blog.id = post.blog_id
             WHERE {VISIBLE}
               AND (blog.website_id IS NULL OR blog.website_id = ANY(%(websites)s))
             ORDER BY post.id DESC
             LIMIT %(limit)s) page
"""
STILL_VISIBLE = f"""
    SELECT post.id FROM blog_post post JOIN blog_blog blog ON blog.id = post.blog_id
     WHERE post.id = ANY(%s) AND {VISIBLE}
"""


class BlogAiGenerationLinks(models.Model):
    """Links from a post to other pages of its website."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    # A list of ``Linked``: the pages that the text links to.
    linked_pages = fields.Json(readonly=True, copy=False)
    linked_titles = fields.Text(
        "Links to",
        compute="_compute_linked_titles",
        help="Pages of the website that the text links to.",
    )

    @api.depends("linked_pages")
    def _compute_linked_titles(self):
        for generation in self:
            pages = generation.linked_pages or ()
            generation.linked_titles = "\n".join(page["title"] for page in pages)

    def action_could_link_here(self):
        return self._reviewed_post().action_blog_ai_could_link_here()

    def _offer_links(self, claims: Sequence[Claim]) -> list[Claim]:
        """Add pages of its website to the request of each claim.

        One statement for posts, whatever the number of claims.
        """
        if not claims:
            return []
        asked = self.browse([claim.generation_id for claim in claims])
        offered, has_failed = asked._pages_to_offer()
        return [
            claim._replace(
                request=_with_links(claim.request, offered[claim.generation_id]),
                source_failed=has_failed,
            )
            for claim in claims
        ]

    def _with_pages(self, request: ArticleRequest) -> ArticleRequest:
        """Return the request of a generation with pages that it may link to."""
        offered, _has_failed = self._pages_to_offer()
        return _with_links(request, offered[self.id])

    def _pages_to_offer(self) -> tuple[dict[int, list[Page]], bool]:
        rows = self._visible_posts(self.tag_ids.ids, self.blog_id.website_id.ids)
        pages, has_failed = {}, False
        for lang in set(self.mapped("lang")):
            others, failed = self._other_pages(lang)
            pages[lang] = self._posts_in(rows, lang) + others
            has_failed |= failed
        offered = {}
        for generation in self:
            website = generation.blog_id.website_id.id or 0
            company = generation.company_id.id
            found = closest(
                [
                    page
                    for page in pages[generation.lang]
                    if page.website_id in (0, website)
                    and page.company_id in (0, company)
                ],
                " ".join([generation.topic, *generation._keywords()]),
                generation.tag_ids.ids,
                generation.blog_id.id,
            )
            offered[generation.id] = [*map(self._with_path, found)]
        return offered, has_failed

    @api.model
    def _with_path(self, page: Page) -> Page:
        # Make slugs for offered pages only: they cost more than the choice.
        if not page.slugs:
            return page
        blog, post = map(self.env["ir.http"]._slug, page.slugs)
        return page._replace(url=f"/blog/{blog}/{post}")

    @api.model
    def _visible_posts(self, tag_ids: list[int], website_ids: list[int]) -> list[list]:
        posts = self.env[POST]
        posts.flush_model()
        posts.blog_id.flush_model()
        self.env.cr.execute(
            SQL(
                CANDIDATES,
                newest=NEWEST,
                of_tag=NEWEST_OF_TAG,
                limit=LOOKED_AT,
                tags=tag_ids,
                has_tags=bool(tag_ids),
                websites=website_ids,
            )
        )
        (rows,) = self.env.cr.fetchone()
        return rows

    @api.model
    def _posts_in(self, rows: Iterable[list], lang: str) -> list[Page]:
        """Return the pages of those posts that have a text in a language."""
        pages = []
        for row in rows:
            post_id, names, seo, blog_id, blog, blog_seo, website, written, tags = row
            if title := title_in(names, lang, written or ""):
                slugs = (
                    (blog_id, text_in(blog_seo, lang) or text_in(blog, lang)),
                    (post_id, text_in(seo, lang) or title),
                )
                key, tagged = f"{POST},{post_id}", frozenset(tags)
                page = Page(key, title, "", website, 0, blog_id, tagged, slugs)
                pages.append(page)
        return pages

    @api.model
    def _linked_posts(self, outcomes: Iterable[Outcome]) -> list[int]:
        # Flush: our own SQL reads the table.
        self.env[POST].flush_model()
        used = (link for outcome in outcomes for link in _links_used(outcome))
        return ids_by_model(link.key for link in used).get(POST, [])

    @api.model
    def _visible_keys(
        self, keys: Iterable[str], visible_posts: Collection[int] | None = None
    ) -> tuple[set[str], set[str]]:
        """Look up which pages every visitor sees now.

        :param keys: model and id, as in ``blog.post,12``
        :param visible_posts: ids, if they are known already
        :return: the visible keys, and those whose source failed
        """
        ids = ids_by_model(keys)
        if POST in ids and visible_posts is None:
            self.env[POST].flush_model()
            self.env.cr.execute(SQL(STILL_VISIBLE, ids[POST]))
            visible_posts = [post_id for (post_id,) in self.env.cr.fetchall()]
        posts = {f"{POST},{post_id}" for post_id in visible_posts or ()}
        visible, unchecked = self._keys_in_sources(ids)
        return posts | visible, unchecked

    @api.model
    def _without_gone_links(
        self, attempts: Sequence[Attempt], notes: dict[int, list[Message]]
    ) -> list[Attempt]:
        """Take links out of articles whose page has gone since the claim.

        :param notes: by the id of a generation; what was removed is added
        """
        used = {link.key for a in attempts for link in _links_used(a.outcome)}
        posts = {post_id for attempt in attempts for post_id in attempt.visible_posts}
        visible, unchecked = self._visible_keys(used, posts) if used else (set(), set())
        checked = []
        for attempt in attempts:
            links = _links_used(attempt.outcome)
            removed = {one.key: one.url for one in links if one.key not in visible}
            if removed:
                attempt = _unlinked(attempt, removed.values())
            found = notes_on_links(
                len(removed.keys() - unchecked),
                attempt.outcome.claim.source_failed or bool(removed.keys() & unchecked),
            )
            if found:
                notes.setdefault(attempt.generation.id, []).extend(found)
            checked.append(attempt)
        return checked

    @api.model
    def _prepare_linked_pages(self, attempt: Attempt) -> dict:
        pages = [
            link._asdict() for link in map(Linked.of, _links_used(attempt.outcome))
        ]
        return {"linked_pages": pages or False}


class Linked(NamedTuple):
    """A page that a text links to, as a generation stores it."""

    key: str
    title: str
    url: str

    @classmethod
    def of(cls, link: Link) -> "Linked":
        return cls(link.key, link.title, link.url)


def notes_on_links(gone: int, has_failed: bool) -> list[Message]:
    notes = [Message("note.links_gone", {"count": str(gone)})] if gone else []
    return [*notes, Message("note.pages_unread")] if has_failed else notes


def _with_links(request: ArticleRequest, pages: Iterable[Page]) -> ArticleRequest:
    return replace(request, links=(*request.links, *as_links(pages)))


def _links_used(outcome: Outcome) -> list[Link]:
    request = outcome.claim.request
    offered = [link for link in getattr(request, "links", ()) if link.key]
    if not offered or not isinstance(outcome, Answered):
        return []
    urls = linked_urls(outcome.answer.article.body_html)
    return [link for link in offered if link.url in urls]


def _unlinked(attempt: Attempt, urls: Collection[str]) -> Attempt:
    answer = attempt.outcome.answer
    html = without_links(answer.article.body_html, urls)
    answer = replace(answer, article=replace(answer.article, body_html=html))
    return attempt._replace(outcome=replace(attempt.outcome, answer=answer))
