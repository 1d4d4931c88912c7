# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS, Domain

from .. import llm
from ..content import safe_html, text_digest
from ..llm.section import section_prompt
from ..llm.text import cut
from ..sections import sections_of, text_of, with_section
from ..utils import follow_ask, notification, open_form, too_late

# Characters that a list shows of a section.
BEGINNING = 160


class BlogAiSection(models.TransientModel):
    """A section of a post that a provider may write again."""

    _name = "blog.ai.section"
    _description = "Section to Rewrite"
    _order = "number"

    post_id = fields.Many2one(
        "blog.post", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Integer(required=True, readonly=True)
    name = fields.Char("Section", readonly=True)
    beginning = fields.Char(readonly=True)
    digest = fields.Char(readonly=True)
    present = fields.Html("Present Text", readonly=True)
    reason = fields.Text(help="Say what is wrong with the section, or missing in it.")
    # NO_ACCESS: a person who could write this id could read another person's answer.
    ask_id = fields.Many2one(
        "blog.ai.ask", readonly=True, ondelete="set null", groups=NO_ACCESS
    )
    proposal = fields.Html("New Text", compute="_compute_proposal")
    cost_note = fields.Char("Cost", compute="_compute_cost_note")

    @api.depends("ask_id.text")
    def _compute_proposal(self):
        for section in self:
            section.proposal = section.sudo().ask_id.text

    @api.depends("present", "reason")
    @api.depends_context("lang")
    def _compute_cost_note(self):
        for section in self:
            told = len(text_of(section.present or ""))
            characters = told + len(section.reason or "")
            # The new text is about as long as the present one.
            _writer, cost = section.post_id._blog_ai_extra_cost(characters, told)
            section.cost_note = cost

    @api.model
    def _offer(self, post):
        """Return the sections of a post, for a person to choose one.

        :raises UserError: if it has no text
        """
        found = sections_of(post.content or "")
        if not found:
            raise UserError(
                self.env._(
                    "The post has no text yet. Write one in the website editor first."
                )
            )
        return self.sudo().create(
            [
                {
                    "post_id": post.id,
                    "number": number,
                    "name": post._blog_ai_section_name(section.heading, len(found)),
                    "beginning": cut(section.line, BEGINNING),
                    "digest": text_digest(post.env.lang, section.html),
                    "present": safe_html(section.html),
                }
                for number, section in enumerate(found)
            ]
        )

    def action_choose(self):
        self.ensure_one()
        return open_form(self, name=self.env._("Rewrite a section"), target="new")

    def action_rewrite(self):
        """Ask for another text, and show both when it is there."""
        self.ensure_one()
        if why := self._rejected_note():
            return too_late(self.env, why)
        if not (self.reason or "").strip():
            raise UserError(
                self.env._("Say first what the new text should do differently.")
            )
        post = self._post()
        section = self._unchanged_section(post)
        self._check_nobody_rewrites()
        request = llm.SectionRequest(
            topic=post.name or "",
            heading=section.heading,
            present=section.text,
            reason=self.reason,
            language=post.env.lang,
            blog_name=post.blog_id.name or "",
            links=tuple(llm.Link(title, url) for title, url in section.links),
            link_hosts=post.blog_id.sudo()._blog_ai_link_hosts(),
            voice=post.sudo().blog_ai_generation_id._voice_version()._voice(),
        )
        question = partial(llm.rewrite_section, request)
        octets = section_prompt(request, 0).octets
        asked = post._blog_ai_ask("section", question, octets)
        # The open window keeps the text that it shows until the new one is there.
        waiting = self.sudo().copy({"ask_id": asked["id"]}).sudo(False)
        return follow_ask(asked, opens=waiting.action_choose())

    def _check_nobody_rewrites(self) -> None:
        """Check that nobody else has this section written again, for any reason."""
        post, digest = self.post_id.id, self.sudo().digest
        self.env["blog.ai.gate"].sudo()._pass_alone([("section", post, digest)])
        same = self.sudo().search([("post_id", "=", post), ("digest", "=", digest)])
        asks = self.env["blog.ai.ask"].sudo()
        running = asks._running() & Domain("id", "in", same.ask_id.ids)
        asks.search(running)._check_mine()

    def action_use(self):
        """Put the new text into the post, if the section is as it was."""
        self.ensure_one()
        if why := self._rejected_note():
            return too_late(self.env, why)
        post = self._post()
        post.check_access("write")
        self._unchanged_section(post)
        text = self.sudo().ask_id.text
        if not text:
            raise UserError(self.env._("There is no new text yet. Press “Write”."))
        content = with_section(post.content, self.number, safe_html(text))
        post._blog_ai_set_section(content)
        return notification(
            self.env._("The section has its new text now."),
            following={"type": "ir.actions.act_window_close"},
        )

    def _rejected_note(self) -> str:
        """Return who rejected the draft after this was opened, or nothing.

        The text of a draft that was archived before may be changed there.
        """
        self.check_access("read")
        generation = self.sudo().post_id.blog_ai_generation_id
        since = self.create_date.replace(microsecond=0)
        is_late = generation.reviewed_at and generation.reviewed_at >= since
        return generation._gone_note() if is_late else ""

    def _post(self):
        self.check_access("read")
        post = self.sudo().post_id
        return self.post_id.with_context(lang=post._blog_ai_text_lang())

    def _unchanged_section(self, post):
        found = sections_of(post.content or "")[self.number : self.number + 1]
        digests = [text_digest(post.env.lang, section.html) for section in found]
        if digests != [self.sudo().digest]:
            raise UserError(
                self.env._(
                    "Somebody has changed this section meanwhile. Choose it again to "
                    "see its present text."
                )
            )
        return found[0]
