# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL

from ..similar import find_similar
from ..similar_keys import Probe, probe, whole_words


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


class BlogBlogSimilar(models.Model):
    """The titles of a blog that resemble another one.

    The database finds a few of them by their keys (see :mod:`..similar_keys`), and only
    those are compared: the check takes no longer in a blog with many posts.
    """

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    def _blog_ai_titles_in_use(self, titles: list[str], lang: str) -> list[str]:
        """Return those of ``titles`` that a post or draft has here, in any case.

        :param lang: code of the language of the titles
        """
        posts = self.env["blog.post"].sudo().with_context(lang=lang)
        posts.flush_model(["active", "blog_id", "name", "blog_ai_title_keys"])
        keys = {title: whole_words(title) for title in titles}
        found = []
        # Titles without words, such as “?!”, have no keys.
        for has_keys in {bool(words) for words in keys.values()}:
            rows = [
                SQL("(%s, %s::int[])", title, words)
                for title, words in keys.items()
                if bool(words) is has_keys
            ]
            query = SQL(
                """
                SELECT title FROM (VALUES %(rows)s) AS asked (title, keys)
                 WHERE EXISTS (
                       SELECT FROM blog_post post
                        WHERE blog_id = %(blog)s AND active AND %(keys)s
                          AND LOWER(%(name)s) = LOWER(title) OFFSET 0)
                """,
                rows=SQL(", ").join(rows),
                blog=self.id,
                keys=SQL("blog_ai_title_keys @> keys" if has_keys else "TRUE"),
                name=posts._field_to_sql("post", "name"),
            )
            found += [title for (title,) in self.env.execute_query(query)]
        return found

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
        :param topic: the ``blog.ai.topic`` of the title. If two waiting topics
            resemble each other, only the later one is reported
        :param generation: the generation of the title
        :param written: the title's part of :meth:`_blog_ai_titles_like`, to check many
        :return: a phrase such as “the draft “…””, or an empty string
        """
        self.ensure_one()
        own = generation or (topic and topic.generation_ids)
        own = set(own.ids) if own else ()
        place = (topic.sequence, topic.id or math.inf) if topic else None
        known_to = {None, company.id if company._blog_ai_is_ticked() else None}
        if written is None:
            written = self._blog_ai_titles_like([title])[title]
        found = find_similar(
            title,
            (
                (entry, entry.title)
                for entry in written
                if entry.generation_id not in own
                and entry.company_id in known_to
                and (entry.place is None or place is None or entry.place < place)
                and (not generation or entry.topic_id != generation.topic_id.id)
            ),
        )
        return found.label(self.env) if found else ""

    def _blog_ai_titles_like(
        self, titles: Collection[str]
    ) -> defaultdict[str, list[Written]]:
        """Return the titles of this blog that may resemble each title, posts first.

        A post is compared by its own title and by the topic it was written for.
        ``asked`` is the topic that the post was requested for, ``place`` the
        ``(sequence, id)`` of a waiting topic.
        """
        probes = {title: found for title in titles if (found := probe(title))}
        like: defaultdict[str, list[Written]] = defaultdict(list)
        if not probes:
            return like
        numbered = list(probes)
        for (
            number,
            kind,
            name,
            generation,
            asked,
            topic,
            sequence,
            company,
        ) in self._written_like(list(probes.values())):
            place = (sequence, topic) if topic else None
            written = Written(kind, name, name, generation, topic, place, company)
            like[numbered[number]].append(written)
            if asked:
                like[numbered[number]].append(written._replace(title=asked))
        return like

    def _written_like(self, probes: list[Probe]) -> list[tuple]:
        """Read the titles in one statement: people wait for it while they type.

        ``OFFSET 0`` keeps PostgreSQL from reading all posts: it would expect more than
        a few of them for so many keys, and compare each one with all probes.

        :return: rows of the probe's number, kind, name, generation, requested topic of
            a post, waiting topic, its sequence, and the only company that may see it
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
        return self.env.execute_query(
            SQL(
                """
                SELECT probe.number, kind, name, generation_id, asked, topic_id,
                       sequence, company_id
                  FROM (SELECT * FROM (VALUES %(probes)s) AS listed OFFSET 0)
                       AS probe (number, rare, one, two, three, four, contained)
                 CROSS JOIN LATERAL (
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
                     WHERE post.blog_id = %(blog)s AND post.active AND %(post)s
                     UNION ALL
                    SELECT 'generation', topic, id, NULL, NULL, NULL, company_id, 2, -id
                      FROM blog_ai_generation generation
                     WHERE blog_id = %(blog)s AND state IN ('queued', 'writing')
                       AND generation.kind = 'article' AND %(generation)s
                     UNION ALL
                    SELECT 'topic', name, NULL, NULL, id, sequence, company_id, 3, id
                      FROM blog_ai_topic topic
                     WHERE blog_id = %(blog)s AND state = 'waiting' AND active
                       AND %(topic)s
                    OFFSET 0
                ) AS written (kind, name, generation_id, asked, topic_id, sequence,
                              company_id, rank, within)
                ORDER BY probe.number, rank, sequence, within
                """,
                probes=SQL(", ").join(map(_as_row, range(len(probes)), probes)),
                name=self.env["blog.post"]._field_to_sql("post", "name"),
                blog=self.id,
                now=fields.Datetime.now(),
                post=_fulfils(SQL.identifier("post", "blog_ai_title_keys")),
                generation=_fulfils(SQL.identifier("generation", "title_keys")),
                topic=_fulfils(SQL.identifier("topic", "title_keys")),
            )
        )


def _as_row(number: int, keys: Probe) -> SQL:
    lists = [SQL("%s::int[]", each) for each in (*keys.all_of, keys.contained)]
    return SQL("(%s)", SQL(", ").join([SQL("%s", number), *lists]))


def _fulfils(keys: SQL) -> SQL:
    """Return the condition that a column of keys fulfils the ``probe`` of the row."""
    return SQL(
        "((%(keys)s && probe.rare AND %(keys)s && probe.one AND %(keys)s && probe.two "
        "AND %(keys)s && probe.three AND %(keys)s && probe.four) "
        "OR %(keys)s && probe.contained)",
        keys=keys,
    )
