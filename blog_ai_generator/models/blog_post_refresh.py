# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .. import llm
from ..llm.refresh import TEXT_LIMIT, refresh_prompt
from ..sections import sections_of
from ..utils import follow_ask, selection_of
from .blog_ai_refresh import REST
from .blog_post import EDITORS

# The visits of so many days are compared with those of as many days before. Odoo
# forgets visitors who have not come for 60 days.
PERIOD = timedelta(days=30)
# A post younger than 180 days is due if its visits fell to half or less, from at least
# 20: a fall from 20 to 10 is chance in one of 20 posts whose readers stay as many. It
# has been out for 90 days, so that its first month, when emails and networks bring
# readers, is not what is compared.
SETTLED = 3 * PERIOD
LEAST_VISITS = 20
# Tracked pages of posts, by the number at the end of their address. MATERIALIZED: else
# PostgreSQL looks for the number in each visit, not once an address.
VISITS = """
    WITH page AS MATERIALIZED (
        SELECT url,
               count(*) FILTER (WHERE visit_datetime >= %(middle)s) AS lately,
               count(*) FILTER (WHERE visit_datetime < %(middle)s) AS before
          FROM website_track
         WHERE visit_datetime >= %(begin)s AND url LIKE '%%/blog/%%'
         GROUP BY url
    )
    SELECT post_id, sum(lately)::int AS lately, sum(before)::int AS before
      FROM page
     CROSS JOIN LATERAL (SELECT substring(
               url FROM '/blog/[^/?#]+/(?:[^/?#]*-)?([0-9]{1,9})(?:[?#]|$)'
           )::int AS post_id) post
     WHERE post_id IS NOT NULL
     GROUP BY post_id
"""
# PostgreSQL makes the object once a query, not once a post.
VISITS_LOST = f"""
    COALESCE((
        (SELECT jsonb_object_agg(post_id, before - lately)
           FROM ({VISITS}) visits
          WHERE before > lately) -> %(post_id)s::text)::int, 0)
"""


class BlogPostRefresh(models.Model):
    """Older posts that may need a new version, and the call for one."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_refresh_ids = fields.One2many(
        "blog.ai.refresh", "post_id", "New Versions", groups=EDITORS
    )
    blog_ai_refresh_state = fields.Selection(
        selection=selection_of("blog.ai.refresh", "state"),
        string="Last Check",
        compute="_compute_blog_ai_refresh_state",
        groups=EDITORS,
    )
    blog_ai_is_due = fields.Boolean(
        "To Refresh",
        compute="_compute_blog_ai_is_due",
        search="_search_blog_ai_is_due",
        groups=EDITORS,
    )
    blog_ai_visits = fields.Integer(
        "Visits in 30 Days",
        compute="_compute_blog_ai_visits",
        groups=EDITORS,
        help="Visits that the website has tracked in the last 30 days, without bots. "
        "Several within half an hour count once.",
    )
    blog_ai_visits_before = fields.Integer(
        "30 Days Before", compute="_compute_blog_ai_visits", groups=EDITORS
    )
    # The list of posts to refresh is ordered by it.
    blog_ai_visits_lost = fields.Integer(
        "Visits Lost", compute="_compute_blog_ai_visits", groups=EDITORS
    )
    blog_ai_is_losing = fields.Boolean(
        "Fewer Visits",
        compute="_compute_blog_ai_visits",
        search="_search_blog_ai_is_losing",
        groups=EDITORS,
    )

    @api.depends("blog_ai_refresh_ids.state")
    def _compute_blog_ai_refresh_state(self):
        for post in self:
            post.blog_ai_refresh_state = post.blog_ai_refresh_ids[:1].state

    def _compute_blog_ai_is_due(self):
        due = self.search([("id", "in", self.ids), ("blog_ai_is_due", "=", True)])
        for post in self:
            post.blog_ai_is_due = post in due

    @api.model
    def _search_blog_ai_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        own = [("blog_id.website_id.company_id", "in", self.env.companies.ids)]
        rested = [("decided_at", ">=", now - REST)]
        visits = self._blog_ai_visits_by_post().items()
        fallen = [post_id for post_id, counts in visits if _has_fallen(*counts)]
        is_fallen = Domain("post_date", "<", now - SETTLED) & Domain("id", "in", fallen)
        due = (
            Domain("is_published", "=", True)
            & (Domain("post_date", "<", now - REST) | is_fallen)
            & (Domain("blog_id.website_id", "=", False) | Domain(own))
            & Domain("blog_ai_refresh_ids", "not any", rested)
        )
        return due if True in value else ~due

    def _compute_blog_ai_visits(self):
        visits = self._blog_ai_visits_by_post()
        for post in self:
            lately, before = visits.get(post.id, (0, 0))
            post.blog_ai_visits = lately
            post.blog_ai_visits_before = before
            post.blog_ai_visits_lost = max(before - lately, 0)
            post.blog_ai_is_losing = lately < before

    @api.model
    def _search_blog_ai_is_losing(self, operator, value):
        if operator != "in":
            return NotImplemented
        visits = self._blog_ai_visits_by_post().items()
        losing = [post_id for post_id, (lately, before) in visits if lately < before]
        return Domain("id", "in" if True in value else "not in", losing)

    @api.model
    def _blog_ai_visits_by_post(self) -> dict[int, tuple[int, int]]:
        """Return the tracked visits of the last days, and of as many days before."""
        self.env["website.track"].flush_model()
        rows = self.env.execute_query(SQL(VISITS, **_periods()))
        return {post_id: (lately, before) for post_id, lately, before in rows}

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        is_ours = field_name == "blog_ai_visits_lost"
        if is_ours and self.env.user.has_group(EDITORS):
            post_id = SQL.identifier(alias, "id")
            lost = SQL(VISITS_LOST, post_id=post_id, **_periods())
            return SQL("%s %s %s", lost, direction, nulls)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def action_blog_ai_refresh(self):
        """Have a new version proposed, or open the one that waits for a decision."""
        self.ensure_one()
        self.check_access("write")
        self._blog_ai_paying_company()
        refreshes = self.env["blog.ai.refresh"]
        self.env["blog.ai.gate"].sudo()._pass_alone([("refresh", self.id)])
        refresh = refreshes._open_of(self)
        if refresh.state == "proposed":
            return refresh.with_env(self.env).action_compare()
        if ask := self._blog_ai_open_check():
            self._blog_ai_check_asks_for_me(ask)
            return self._blog_ai_follow_check(ask._followed(), refresh)
        post = self.with_context(lang=self.sudo()._blog_ai_text_lang())
        request = post._blog_ai_refresh_request()
        refresh = refresh or refreshes.sudo().create(refreshes._prepare_check(post))
        refresh.digest = post._blog_ai_digest()
        question = partial(llm.propose_refresh, request)
        octets = refresh_prompt(request, 0).octets
        voice = self._blog_ai_voice_version()
        asked = self._blog_ai_ask("refresh", question, octets, voice)
        return self._blog_ai_follow_check(asked, refresh)

    def _blog_ai_follow_check(self, asked: dict, refresh) -> dict:
        # The list below the window has changed when the window is closed.
        return follow_ask(asked, opens=refresh.action_compare(), reloads=True)

    def _blog_ai_open_check(self):
        asks = self.env["blog.ai.ask"].sudo()
        same = Domain([("kind", "=", "refresh"), ("post_id", "=", self.id)])
        return asks.search(same & asks._alive(), limit=1)

    def _blog_ai_check_asks_for_me(self, ask) -> None:
        if ask.create_uid != self.env.user:
            raise UserError(
                self.env._(
                    "%(person)s is having a new version proposed. Look again in a "
                    "minute.",
                    person=ask.create_uid.name,
                )
            )

    def _blog_ai_refresh_request(self) -> llm.RefreshRequest:
        """Return what a provider is asked about the present text.

        :raises UserError: if there is no text, or if it is too long
        """
        found = sections_of(self.content or "")
        if not found:
            raise UserError(
                self.env._(
                    "The post has no text yet. Write one in the website editor first."
                )
            )
        length = sum(len(section.text) for section in found)
        if length > TEXT_LIMIT:
            raise UserError(
                self.env._(
                    "“%(title)s” has %(count)s characters, of which %(most)s can be "
                    "checked. Split the post, or use “Rewrite a section”.",
                    title=self.name,
                    count=length,
                    most=TEXT_LIMIT,
                )
            )
        links = dict.fromkeys(link for section in found for link in section.links)
        return llm.RefreshRequest(
            topic=self.name or "",
            sections=tuple(
                llm.PresentSection(section.heading, section.text) for section in found
            ),
            published=str((self.post_date or self.create_date).date()),
            today=str(fields.Date.context_today(self)),
            language=self.env.lang,
            blog_name=self.blog_id.name or "",
            links=tuple(llm.Link(title, url) for title, url in links),
            link_hosts=self.blog_id.sudo()._blog_ai_link_hosts(),
            voice=self._blog_ai_voice_version()._voice(),
        )

    def _blog_ai_voice_version(self):
        """Return the voice of the post, or that of its blog if a person wrote it."""
        generation = self.sudo().blog_ai_generation_id
        blog = self.sudo().blog_id
        return generation._voice_version() or blog._blog_ai_voice_version(
            generation.voice_id
        )


def _periods() -> dict:
    now = fields.Datetime.now()
    return {"middle": now - PERIOD, "begin": now - 2 * PERIOD}


def _has_fallen(lately: int, before: int) -> bool:
    return before >= LEAST_VISITS and 2 * lately <= before
