# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ..internals import default_language
from ..similar import find_similar


class Written(NamedTuple):
    """A title in use: of a post, a draft, a generation or a waiting topic."""

    kind: str
    name: str
    title: str
    generation_id: int | None = None
    topic_id: int | None = None
    place: tuple[int, int] | None = None
    company_id: int | None = None

    def label(self, env) -> str:
        return {
            "topic": env._("the waiting topic “%s”", self.name),
            "generation": env._("“%s”, which is being written", self.name),
            "draft": env._("the draft “%s”", self.name),
            "post": env._("the post “%s”", self.name),
        }[self.kind]


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
            self.env.registry.clear_cache()
        return blogs

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env.registry.clear_cache()
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
            ["name", "website_id"],
            order="sequence, name, id",
            limit=1,
        )

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

    def _blog_ai_titles_in_use(self, titles: list[str], lang: str) -> list[str]:
        """Return those of ``titles`` that a post or draft has here, in any case.

        :param lang: code of the language of the titles
        """
        posts = self.env["blog.post"].sudo().with_context(lang=lang)
        posts.flush_model(["active", "blog_id", "name"])
        query = SQL(
            """
            SELECT title FROM unnest(%(titles)s) AS asked (title)
             WHERE LOWER(title) IN (
                   SELECT LOWER(%(name)s) FROM blog_post post
                    WHERE blog_id = %(blog)s AND active)
            """,
            name=posts._field_to_sql("post", "name"),
            blog=self.id,
            titles=titles,
        )
        return [title for (title,) in self.env.execute_query(query)]

    def _blog_ai_find_similar(
        self, title: str, company, topic=None, generation=None, written=None
    ) -> str:
        """Name what a title resembles in this blog, for a person to read.

        Wizard, queue, slot and retry all use this check. It compares with waiting
        topics, generations that are being written, drafts and published posts. On a
        blog that companies share, each company sees its own titles and those that
        visitors see. For a company that is not selected, only titles that visitors see
        count.

        :param company: the ``res.company`` of the title
        :param topic: the ``blog.ai.topic`` of the title. Of two similar waiting topics
            only the later one is reported
        :param generation: the generation of the title
        :param written: result of :meth:`_blog_ai_titles`, to check many titles
        :return: a phrase such as “the draft “…””, or an empty string
        """
        self.ensure_one()
        own = generation or (topic and topic.generation_ids)
        own = set(own.ids) if own else ()
        place = (topic.sequence, topic.id or math.inf) if topic else None
        known_to = {None, company.id if company._blog_ai_is_ticked() else None}
        found = find_similar(
            title,
            (
                (entry, entry.title)
                for entry in (self._blog_ai_titles() if written is None else written)
                if entry.generation_id not in own
                and entry.company_id in known_to
                and (entry.place is None or place is None or entry.place < place)
                and (not generation or entry.topic_id != generation.topic_id.id)
            ),
        )
        return found.label(self.env) if found else ""

    def _blog_ai_titles(self) -> list[Written]:
        """Return the titles of this blog that a new one is compared with, posts first.

        A post is compared by its own title and by the topic it was written for.
        ``asked`` is the topic that the post was requested for, ``place`` the
        ``(sequence, id)`` of a waiting topic.
        """
        titles = []
        for kind, name, generation, asked, topic, sequence, company in self._written():
            place = (sequence, topic) if topic else None
            written = Written(kind, name, name, generation, topic, place, company)
            titles.append(written)
            if asked:
                titles.append(written._replace(title=asked))
        return titles

    def _written(self) -> list[tuple]:
        """Read the titles in one statement: people wait for it while they type.

        :return: rows of kind, name, generation, requested topic of a post, waiting
            topic, its sequence, and the only company that may see the row
        """
        models = (
            "blog.post",
            "blog.blog",
            "website",
            "blog.ai.generation",
            "blog.ai.topic",
        )
        for model in models:
            self.env[model].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT kind, name, generation_id, asked, topic_id, sequence, company_id
                  FROM (
                    SELECT CASE WHEN post.is_published THEN 'post' ELSE 'draft' END,
                           %(name)s, generation.id, generation.topic,
                           NULL::int, NULL::int,
                           CASE WHEN post.is_published AND post.post_date <= %(now)s
                                THEN NULL
                                ELSE COALESCE(website.company_id, generation.company_id)
                           END, 1, -post.id
                      FROM blog_post post
                      JOIN blog_blog blog ON blog.id = post.blog_id
                      LEFT JOIN website ON website.id = blog.website_id
                      LEFT JOIN blog_ai_generation generation
                        ON generation.id = post.blog_ai_generation_id
                     WHERE post.blog_id = %(blog)s AND post.active
                     UNION ALL
                    SELECT 'generation', topic, id, NULL, NULL, NULL, company_id, 2, -id
                      FROM blog_ai_generation
                     WHERE blog_id = %(blog)s AND state IN ('queued', 'writing')
                     UNION ALL
                    SELECT 'topic', name, NULL, NULL, id, sequence, company_id, 3, id
                      FROM blog_ai_topic
                     WHERE blog_id = %(blog)s AND state = 'waiting' AND active
                ) AS written (kind, name, generation_id, asked, topic_id, sequence,
                              company_id, rank, within)
                ORDER BY rank, sequence, within
                """,
                name=self.env["blog.post"]._field_to_sql("post", "name"),
                blog=self.id,
                now=fields.Datetime.now(),
            )
        )
        return self.env.cr.fetchall()
