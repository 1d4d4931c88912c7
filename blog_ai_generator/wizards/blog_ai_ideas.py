# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import llm
from ..fields import PlainChar
from ..llm.ideas import LEAST_IDEAS, MOST_IDEAS, MOST_LINES, ideas_prompt
from ..searches import Unreadable, searches_in
from ..utils import follow_ask

MAX_DIRECTION = 300


class BlogAiIdeas(models.TransientModel):
    """Ask a provider for ideas, which then wait for somebody to choose from them."""

    _name = "blog.ai.ideas"
    _description = "Ask for Ideas"

    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        ondelete="cascade",
        domain=lambda self: self.env["blog.blog"]._blog_ai_domain(),
        default=lambda self: self.env["blog.blog"]._blog_ai_default(),
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    direction = PlainChar(
        help="What the ideas should be about. Leave empty for anything that suits the "
        "blog."
    )
    count = fields.Integer("How Many", required=True, default=10)
    searches_file = fields.Binary(
        "Search Queries",
        attachment=False,
        help="The queries of Google Search Console: press “Export” there and choose "
        "CSV. The ideas answer what people searched for.",
    )
    searches_name = fields.Char()
    searches_note = fields.Char(compute="_compute_searches_note")
    provider_id = fields.Many2one(
        "blog.ai.provider",
        required=True,
        ondelete="cascade",
        domain="[('company_id', 'in', [company_id, False])]",
        compute="_compute_provider_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    cost_note = fields.Char("Cost", compute="_compute_cost_note")

    @api.depends("blog_id")
    def _compute_company_id(self):
        for wizard in self:
            company = wizard.blog_id.website_id.company_id
            wizard.company_id = company or self.env.company

    @api.depends("company_id")
    def _compute_provider_id(self):
        for wizard in self:
            wizard.provider_id = wizard.provider_id._or_default(wizard.company_id)

    @api.depends("searches_file")
    def _compute_searches_note(self):
        for wizard in self:
            wizard.searches_note = wizard.searches_file and wizard._searches_note()

    @api.depends("blog_id", "direction", "count", "searches_file", "provider_id")
    @api.depends_context("lang")
    def _compute_cost_note(self):
        for wizard in self:
            chosen = (wizard.blog_id, wizard.provider_id, wizard.count > 0)
            wizard.cost_note = all(chosen) and wizard._cost_note()

    def _cost_note(self) -> str | bool:
        try:
            searches = self._searches()
        except UserError:
            return False  # the note on searches says what is wrong with the file
        octets = ideas_prompt(self._request(searches), 0).octets
        return self.provider_id._estimate_ideas(self.count, octets)

    def _request(self, searches: list[str]) -> llm.IdeasRequest:
        return self.blog_id._origin._blog_ai_ideas_request(
            self.company_id, self.count, self.direction, searches[:MOST_LINES]
        )

    @api.constrains("count")
    def _check_count(self):
        for wizard in self:
            if not LEAST_IDEAS <= wizard.count <= MOST_IDEAS:
                raise ValidationError(
                    self.env._(
                        "Ask for %(least)s to %(most)s ideas at a time.",
                        least=LEAST_IDEAS,
                        most=MOST_IDEAS,
                    )
                )

    @api.constrains("direction")
    def _check_direction(self):
        for wizard in self:
            if len(wizard.direction or "") > MAX_DIRECTION:
                raise ValidationError(
                    self.env._(
                        "The direction has %(count)s characters. Keep it to %(most)s.",
                        count=len(wizard.direction),
                        most=MAX_DIRECTION,
                    )
                )

    def _searches_note(self) -> str:
        try:
            searches = self._searches()
        except UserError as error:
            return str(error)
        if len(searches) > MOST_LINES:
            return self.env._(
                "Searches found: %(count)s. The %(most)s most frequent ones are used.",
                count=len(searches),
                most=MOST_LINES,
            )
        return self.env._("Searches found: %(count)s.", count=len(searches))

    def _searches(self) -> list[str]:
        """Return what people searched for, the most frequent first.

        :raises UserError: if the file is no table of searches
        """
        content = self.with_context(bin_size=False).searches_file
        if not content:
            return []
        try:
            found = searches_in(base64.b64decode(content))
        except (Unreadable, ValueError):
            raise UserError(
                self.env._(
                    "No searches were found in this file. In Google Search Console, "
                    "open “Performance”, press “Export”, choose CSV, and choose that "
                    "file here."
                )
            ) from None
        return [search.query for search in found]

    def action_ask(self):
        """Ask in the background, and open the list to which the ideas come."""
        self.ensure_one()
        self.env["blog.ai.topic"].check_access("create")
        self.blog_id._blog_ai_check_company()
        self.provider_id._check_serves(self.company_id)
        request = self._request(self._searches())
        octets = ideas_prompt(request, 0).octets
        asked = self.env["blog.ai.ask"]._ask(
            partial(llm.propose_ideas, request),
            kind="ideas",
            provider_id=self.provider_id.id,
            company_id=self.company_id.id,
            blog_id=self.blog_id.id,
            worst=self.provider_id._worst_cost("", octets),
        )
        return follow_ask(asked, next=self._prepare_list())

    def _prepare_list(self) -> dict:
        if self.env.context.get("blog_ai_in_ideas"):
            # The list is below this dialog, and follows by itself.
            return {"type": "ir.actions.act_window_close"}
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "blog_ai_generator.action_idea"
            ),
            "context": {
                "search_default_idea": 1,
                "search_default_blog_id": self.blog_id.id,
            },
        }
