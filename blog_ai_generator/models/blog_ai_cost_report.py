# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL, LazyTranslate

from ..fields import Cost
from ..internals import group_column, group_spec, with_group_spec
from ..utils import selection_of
from .blog_ai_cost_mixin import COST_DIGITS

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)


class BlogAiCostReport(models.Model):
    """The costs of calls by month, blog, provider and kind, and for each post.

    A post, published or a draft, is counted beside the call that wrote it, unless it
    was rejected; so are its clicks. Its cost includes failed attempts, translations,
    texts that were written again later, and a share of what was rejected.
    """

    _name = "blog.ai.cost.report"
    _description = "AI Cost"
    _inherit = ["blog.ai.cost.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Datetime("Requested", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    # Calls of no blog: connection tests, model lists, and those of deleted blogs.
    blog_id = fields.Many2one(
        "blog.blog",
        readonly=True,
        # A lazy text, as in Odoo: `fields_get` looks a plain one up in another module.
        # pylint: disable-next=translation-field
        falsy_value_label=_lt("Without a Blog"),
    )
    provider_id = fields.Many2one("blog.ai.provider", readonly=True)
    generation_id = fields.Many2one("blog.ai.generation", readonly=True)
    kind = fields.Selection(selection_of("blog.ai.call", "kind"), readonly=True)
    model = fields.Char(readonly=True)
    tokens_in = fields.Integer(readonly=True)
    tokens_out = fields.Integer(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    cost = Cost(digits=COST_DIGITS, readonly=True)
    unknown = fields.Integer("Calls of Unknown Cost", readonly=True)
    post_id = fields.Many2one("blog.ai.generation", "Done", readonly=True)
    posts = fields.Integer(
        "Posts and Drafts",
        readonly=True,
        help="Posts that these calls wrote, published or not, without rejected ones. "
        "Translations, titles and other extras are no posts of their own.",
    )
    cost_per_post = fields.Float(
        digits=COST_DIGITS,
        readonly=True,
        help="Cost of all calls, divided by posts and drafts; rejected ones and extras "
        "are paid for, too.",
    )
    clicks = fields.Integer(
        readonly=True,
        help="Clicks on the short links in the posts' texts for networks.",
    )
    cost_per_click = fields.Float(
        digits=COST_DIGITS, readonly=True, help="Cost of all calls, divided by clicks."
    )

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT call.id, call.create_date AS date, call.company_id,
                   call.blog_id, call.provider_id, call.generation_id,
                   call.kind, COALESCE(call.model_answered, call.model) AS model,
                   call.tokens_in, call.tokens_out, call.currency_id, call.cost,
                   (call.cost IS NULL)::int AS unknown,
                   CASE WHEN generation.kind = 'translation'
                        THEN translated.blog_ai_generation_id
                        WHEN generation.state = 'done' THEN generation.id END
                   AS post_id,
                   (generation.state = 'done' AND call.outcome = 'ok'
                    AND call.kind = 'article'
                    AND generation.review_state != 'rejected')::int AS posts,
                   NULL::numeric AS cost_per_post,
                   CASE WHEN call.id = clicked.call_id THEN clicked.clicks END
                   AS clicks,
                   NULL::numeric AS cost_per_click
              FROM blog_ai_call call
              LEFT JOIN blog_ai_generation generation
                ON generation.id = call.generation_id
              LEFT JOIN blog_post translated
                ON translated.id = generation.translated_post_id
              LEFT JOIN (
                    SELECT post.blog_ai_generation_id AS generation_id,
                           SUM(tracker.count) AS clicks,
                           (SELECT MAX(written.id) FROM blog_ai_call written
                             WHERE written.generation_id = post.blog_ai_generation_id
                               AND written.kind = 'article'
                               AND written.outcome = 'ok') AS call_id
                      FROM blog_post post
                      JOIN (SELECT post_id, tracker_id FROM blog_post_social
                             WHERE tracker_id IS NOT NULL
                             UNION
                            SELECT post_id, tracker_id
                              FROM blog_post_social_translation
                             WHERE tracker_id IS NOT NULL
                           ) social ON social.post_id = post.id
                      JOIN link_tracker tracker ON tracker.id = social.tracker_id
                     GROUP BY post.blog_ai_generation_id
                   ) clicked
                ON clicked.generation_id = call.generation_id
             WHERE call.outcome != 'pending'
            """
        )

    def _read_group_select(self, *arguments):
        """Count each post once, and leave a total empty of which nothing is known."""
        if group_spec(arguments) == "cost:sum":
            return self._known_sum(super()._read_group_select(*arguments), arguments)
        name, _sep, _function = group_spec(arguments).partition(":")
        if name not in ("posts", "cost_per_post", "cost_per_click"):
            return super()._read_group_select(*arguments)
        if name == "cost_per_click":
            clicks = with_group_spec(arguments, "clicks:sum")
            count = super()._read_group_select(*clicks)
        else:
            count = SQL(
                "COUNT(DISTINCT %s) FILTER (WHERE %s = 1)",
                group_column(self, "generation_id", arguments),
                group_column(self, "posts", arguments),
            )
        if name == "posts":
            return count
        cost = self._read_group_select(*with_group_spec(arguments, "cost:sum"))
        return SQL("%s / NULLIF(%s, 0)", cost, count)

    def _known_sum(self, total: SQL, arguments) -> SQL:
        """Return no 0 where a call without a bill stands beside unknown ones."""
        cost = group_column(self, "cost", arguments)
        return SQL(
            "CASE WHEN %s != 0 OR COUNT(*) = COUNT(%s) THEN %s END", total, cost, total
        )
