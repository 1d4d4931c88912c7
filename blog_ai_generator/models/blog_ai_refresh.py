# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import llm
from ..content import safe_html, text_digest
from ..messages import Message
from ..sections import sections_of, with_section
from ..utils import notification, open_form

# A post is left alone for so long after a person or the model has checked it.
REST = timedelta(days=180)
# States in which nobody has decided yet.
OPEN = ("asking", "proposed")
COLUMNS = Markup(
    '<div class="row mb-4"><h3 class="col-12">%(heading)s</h3>'
    '<div class="col-12 col-lg-6"><h4 class="text-muted">%(present_label)s</h4>'
    '<div class="text-break">%(present)s</div></div>'
    '<div class="col-12 col-lg-6"><h4 class="text-muted">%(new_label)s</h4>'
    '<div class="text-break">%(new)s</div></div></div>'
)


class BlogAiRefresh(models.Model):
    """The check of an older post, the new version that came of it, and the old text."""

    _name = "blog.ai.refresh"
    _description = "New Version of a Post"
    _order = "id desc"
    _rec_name = "post_id"

    post_id = fields.Many2one(
        "blog.post", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    lang = fields.Char("Language", required=True, readonly=True)
    state = fields.Selection(
        [
            ("asking", "Being checked"),
            ("proposed", "New version proposed"),
            ("nothing", "Nothing to change"),
            ("approved", "New version approved"),
            ("kept", "Old text kept"),
            ("restored", "Old text restored"),
        ],
        required=True,
        default="asking",
        readonly=True,
    )
    why = fields.Text("Reason", readonly=True)
    # A dict for each section: number, heading, count of all sections, digest
    # of the present text, both texts.
    sections = fields.Json(readonly=True)
    comparison = fields.Html(
        "Old and New", compute="_compute_comparison", sanitize=False
    )
    # The old text, as `_restorable` returns it.
    old_post = fields.Json(readonly=True)
    # A hash of the text that a provider checks, or of the approved new version.
    digest = fields.Char(readonly=True)
    decided_by = fields.Many2one("res.users", readonly=True, ondelete="set null")
    decided_at = fields.Datetime("Decided on", readonly=True)

    _one_open_a_post = models.UniqueIndex(
        "(post_id) WHERE state IN ('asking', 'proposed')",
        "Somebody is having this post checked already. Reload the list of posts.",
    )
    _rest = models.Index("(post_id, decided_at) WHERE decided_at IS NOT NULL")

    @api.depends("sections")
    @api.depends_context("lang")
    def _compute_comparison(self):
        labels = {
            "present_label": self.env._("Present text"),
            "new_label": self.env._("New text"),
        }
        for refresh in self:
            refresh.comparison = Markup().join(
                COLUMNS
                % {
                    **labels,
                    "heading": refresh._section_name(section),
                    "present": safe_html(section["present"]),
                    "new": safe_html(section["new"]),
                }
                for section in refresh.sections or ()
            )

    @api.model
    def _section_name(self, section: dict) -> str:
        posts = self.env["blog.post"]
        # Proposals of earlier versions have no count, but a heading each.
        return posts._blog_ai_section_name(section["heading"], section.get("count", 0))

    @api.model
    def _open_of(self, post):
        """Return the check of a post on which nobody has decided yet."""
        return self.sudo().search(
            [("post_id", "=", post.id), ("state", "in", OPEN)], limit=1
        )

    @api.model
    def _prepare_check(self, post) -> dict:
        return {
            "post_id": post.id,
            "company_id": post._blog_ai_company().id,
            "lang": post.env.lang,
        }

    def _set_answer(self, renewal: llm.Renewal) -> Message:
        """Keep what a provider proposes; the post stays as it is."""
        post = self._post()
        # There is no check any more if the post was deleted meanwhile.
        if not self or post.sudo()._blog_ai_digest() != self.digest:
            return Message("ask.refresh_changed")
        present = sections_of(post.content or "")
        sections = [
            {
                "number": number,
                "heading": present[number].heading,
                "count": len(present),
                "digest": text_digest(self.lang, present[number].html),
                "present": safe_html(present[number].html),
                "new": safe_html(html),
            }
            for number, html in renewal.sections
        ]
        self.write({"why": renewal.why, "sections": sections})
        if sections:
            self.state = "proposed"
            return Message("ask.refresh", {"count": str(len(sections))})
        self._set_decided("nothing")
        return Message("ask.nothing_to_refresh")

    def action_approve(self):
        """Put the new texts into the post, if their sections are as they were."""
        self._check_open()
        post = self._post()
        content = post.content or ""
        for section in self.sections:
            content = self._with_new(content, section)
        refresh = self.sudo()
        refresh.old_post = refresh._restorable()
        # A text that a model wrote in part is labelled, too.
        post.sudo().blog_ai_is_generated = True
        post._blog_ai_set_section(content)
        refresh.digest = post.sudo()._blog_ai_digest()
        refresh._set_decided("approved")
        post.sudo()._message_log(
            body=self.env._(
                "I have approved a new version. The old text is kept and can be "
                "restored with “New versions” on the form of the post. Reason: %(why)s",
                why=self.why or "-",
            )
        )
        return notification(self.env._("The post has its new version now."))

    def _with_new(self, content: str, section: dict) -> str:
        number = self._number_now(content, section)
        if number is None:
            raise UserError(
                self.env._(
                    "Somebody has changed the section “%(heading)s” meanwhile. Press "
                    "“Keep the old text”, then have a new version proposed once more.",
                    heading=self._section_name(section),
                )
            )
        return with_section(content, number, safe_html(section["new"]))

    def _number_now(self, content: str, section: dict) -> int | None:
        """Return where a section is now; others may have come before it."""
        wanted = section["heading"], section["digest"]
        found = [
            number
            for number, present in enumerate(sections_of(content))
            if (present.heading, text_digest(self.lang, present.html)) == wanted
        ]
        return (
            section["number"] if section["number"] in found else next(iter(found), None)
        )

    def action_keep(self):
        self._check_open()
        self.sudo()._set_decided("kept")
        return notification(
            self.env._("The post stays as it is. It rests for 180 days now.")
        )

    def _decide_alone(self) -> None:
        # Unlike ``lock_for_update``: Odoo repeats the later click, which is told then.
        self.env["blog.ai.gate"].sudo()._pass_alone([("refresh", self.post_id.id)])

    def _check_open(self) -> None:
        self.ensure_one()
        self._post().check_access("write")
        self._decide_alone()
        if self.state != "proposed":
            raise UserError(
                self.env._(
                    "Somebody has decided on this version already. Reload the page to "
                    "see how."
                )
            )

    def action_restore(self):
        """Give the post its old text in every language, unless it was changed since."""
        self.ensure_one()
        post = self._post()
        post.check_access("write")
        old = self.sudo().old_post
        self._check_restorable()
        is_same = post.sudo()._blog_ai_digest() == self.sudo().digest
        if not old or not is_same:
            raise UserError(
                self.env._(
                    "The text was changed after this version. Copy what you need of "
                    "the old text from this page into the website editor."
                )
            )
        # Written as SQL, since the ORM would replace the text of the other languages.
        post.flush_recordset()
        query = "UPDATE blog_post SET content = %s::jsonb WHERE id = %s"
        self.env.cr.execute(SQL(query, json.dumps(old.pop("content")), post.id))
        post.invalidate_recordset(["content"])
        post.sudo().write(old)
        self.sudo()._set_decided("restored")
        post.sudo()._message_log(body=self.env._("I have restored the old text."))
        return notification(self.env._("The post has its old text again."))

    def _check_restorable(self) -> None:
        self._decide_alone()
        if self.state == "restored":
            raise UserError(
                self.env._(
                    "%(person)s has restored the old text already. Reload the page to "
                    "see it.",
                    person=self.decided_by.name or self.env._("Somebody"),
                )
            )
        if self.state != "approved":
            raise UserError(
                self.env._(
                    "This version is not in the post, so there is nothing to restore. "
                    "Reload the page to see what became of it."
                )
            )

    def _restorable(self) -> dict:
        """Return the text in all languages, and who wrote it."""
        post = self._post().sudo()
        post.flush_recordset()
        query = "SELECT content FROM blog_post WHERE id = %s"
        ((content,),) = self.env.execute_query(SQL(query, post.id))
        names = ("blog_ai_is_generated", "blog_ai_written_hash", "blog_ai_text_hash")
        return {"content": content or {}, **{name: post[name] for name in names}}

    def _set_decided(self, state: str) -> None:
        self.write(
            {
                "state": state,
                "decided_by": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def action_compare(self):
        """Show old and new texts side by side, in a wide window."""
        return open_form(
            self,
            name=self.env._("New version"),
            target="new",
            context={"dialog_size": "extra-large"},
        )

    def action_open_post(self):
        self.ensure_one()
        return self.post_id.open_website_url()

    def _post(self):
        return self.post_id._blog_ai_in(self.lang)
