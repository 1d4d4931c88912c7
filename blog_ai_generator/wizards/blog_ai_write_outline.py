# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Command

from .. import llm
from ..llm.outline import outline_prompt
from ..utils import follow_ask, open_form


class BlogAiWriteOutline(models.TransientModel):
    """An outline that a person changes before the post is written."""

    _inherit = "blog.ai.write"  # pylint: disable=consider-merging-classes-inherited

    show_outline = fields.Boolean(
        "Show Me an Outline First",
        compute="_compute_show_outline",
        store=True,
        readonly=False,
        precompute=True,
        help="The provider proposes the headings of the post in a small call of its "
        "own. You change them before the text is written.",
    )
    heading_ids = fields.One2many(
        "blog.ai.write.heading",
        "write_id",
        "Headings",
        compute="_compute_heading_ids",
        store=True,
        readonly=False,
    )
    # Written by each new call, so that the second of two simultaneous clicks conflicts
    # here. Odoo repeats it, and it finds the call of the first one. NO_ACCESS: a person
    # who could write this id could read another person's answer.
    ask_id = fields.Many2one(
        "blog.ai.ask", readonly=True, ondelete="set null", groups=NO_ACCESS
    )

    @api.depends("outline")
    def _compute_show_outline(self):
        for wizard in self:
            wizard.show_outline = wizard.show_outline or bool(wizard.outline)

    @api.depends("outline")
    def _compute_heading_ids(self):
        for wizard in self:
            headings = (wizard.outline or "").splitlines()
            # A row that is stored without an outline has no headings to remove.
            if headings or not wizard.id:
                wizard.heading_ids = wizard._prepare_headings(headings)

    def _prepare_headings(self, headings) -> list:
        lines = enumerate(filter(str.strip, headings))
        return [
            Command.clear(),
            *[
                Command.create({"sequence": number, "name": heading})
                for number, heading in lines
            ],
        ]

    def action_outline(self):
        """Ask for an outline, and show it in this form when it is there."""
        self.ensure_one()
        if self.generation_id:
            return self.action_write()
        ask = self.sudo().ask_id
        if ask._is_alive():
            asked = ask._followed()
        else:
            asked = self._ask_outline()
        form = open_form(self, name=self.env._("Write a post"), target="new")
        return follow_ask(asked, opens=form)

    def _ask_outline(self) -> dict:
        self._check_can_write()
        request = self._outline_request()
        octets = outline_prompt(request, 0).octets
        asked = self.env["blog.ai.ask"]._ask(
            partial(llm.propose_outline, request),
            kind="outline",
            provider_id=self.provider_id.id,
            company_id=self.company_id.id,
            blog_id=self.blog_id.id,
            write_id=self.id,
            voice_version_id=self._voice_version().id,
            model=self.model,
            worst=self.provider_id._worst_cost(self.model or "", octets),
        )
        self.sudo().write({"show_outline": True, "ask_id": asked["id"]})
        ask = self.sudo().ask_id
        # The window that asked the same may have been closed before the answer came.
        if ask.state == "done":
            self._set_outline((ask.text or "").splitlines())
        return asked

    def _outline_request(self) -> llm.OutlineRequest:
        values = {**self._prepare_generation(), "company_id": self.company_id.id}
        article = self.env["blog.ai.generation"].new(values)._prepare_request()
        return llm.OutlineRequest.of(article)

    def _voice_version(self):
        if self.voice_choice == "then" and self.voice_note:
            return self.again_id.sudo().voice_version_id
        return self.blog_id._blog_ai_voice_version(self.voice_id)

    def _set_outline(self, headings) -> None:
        """Propose these headings, unless the post is being written already."""
        for wizard in self.filtered(lambda wizard: not wizard.generation_id):
            wizard.heading_ids = wizard._prepare_headings(headings)

    def _brief_values(self) -> dict:
        values = super()._brief_values()
        if not self.show_outline:
            return {**values, "outline": False}
        names = self.heading_ids.sorted("sequence").mapped("name")
        return {**values, "outline": "\n".join(filter(None, names))}

    def action_write(self):
        """End the call for an outline that nobody waits for, and write the post."""
        self.ensure_one()
        is_new = not self.generation_id
        action = super().action_write()
        if is_new and self.generation_id and self.sudo().ask_id:
            asks = self.env["blog.ai.ask"].sudo().search([("write_id", "=", self.id)])
            asks.with_env(self.env).cancel()
            asks._set_generation(self.generation_id.sudo())
        return action
