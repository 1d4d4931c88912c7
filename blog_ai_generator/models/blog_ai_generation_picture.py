# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import api, models

from .. import llm
from ..messages import Message
from ..pump import start_pictures


class BlogAiGenerationPicture(models.Model):
    """The picture of a post that arrives after it: a post waits for none."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def _start_pictures(self) -> None:
        """Look for pictures in the background, after the commit."""
        registry = self.env.registry
        self.env.cr.postcommit.add(partial(start_pictures, registry, self.ids))

    @api.model
    def _look_for_picture(self, generation_id: int) -> None:
        generation = self.browse(generation_id).exists()
        generation._ask_sources(generation.blog_id._blog_ai_cover_sources())
        generation._notify_updated()

    def _ask_sources(self, sources: list[str]) -> None:
        """Ask one source after the other, until one has a picture or makes one."""
        post = self._post_without_picture()
        if not post:
            return
        for source in sources:
            if source == "library":
                title = post._blog_ai_in(self.lang).name
                if picture := self._library_choice(title, 1):
                    post._blog_ai_set_cover(picture, "")
                    self._add_notes(
                        Message("note.cover_chosen", {"name": picture.name})
                    )
                    return
                continue
            ask = {"unsplash": self._look_for_photo, "generated": self._ask_for_picture}
            obstacle = ask[source]()
            if not obstacle:
                return
            self._add_notes(Message("note.no_picture"), obstacle)

    def _ask_for_picture(self) -> Message | None:
        author = self.user_id or self.env.user
        asks = self.env["blog.ai.ask"].with_user(author).sudo()
        return asks._ask_for_post(self, self._picture_request())

    def _picture_request(self, count: int = 1) -> llm.PictureRequest:
        post = self.sudo().post_id._blog_ai_in(self.lang)
        style = self.sudo().blog_id.blog_ai_picture_style
        return llm.PictureRequest(
            post.name or "", post.teaser or "", style or "", count=count
        )

    def _go_without(self, source: str, reason: Message) -> None:
        """Note why a source gave no picture, and ask those that come after it."""
        if not self:
            return
        self._add_notes(Message("note.no_picture"), reason)
        self._ask_sources(self.blog_id._blog_ai_cover_sources(after=source))
        self._notify_updated()

    def _take_picture(
        self, raw: bytes, note: Message, credit: dict | None = None
    ) -> None:
        """Make a file the cover, unless a person chose one meanwhile.

        :param credit: of a photo: ``name`` and ``link``; none for what a model made
        """
        if post := self._post_without_picture():
            picture = self.env["ir.attachment"]._blog_ai_keep(raw, post, credit)
            post._blog_ai_set_cover(picture, "", credit)
            self._add_notes(note)
            self._notify_updated()

    def _post_without_picture(self):
        """Return the post while it has the cover that was drawn for it, or none."""
        post = self.with_context(active_test=False).post_id.sudo()
        return post if post and post._blog_ai_has_drawn_cover() else post.browse()
