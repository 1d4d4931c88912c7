# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import api, models

from ..database import database_hold
from ..internals import get_parameter, has_module
from ..messages import Message
from ..pictures import Photo, PhotoSearch
from ..pump import start_photo, start_report

# A parameter of Odoo's own addon, which its settings show.
KEY = "unsplash.access_key"


class BlogAiGenerationPhoto(models.Model):
    """The cover of a post from Unsplash, with the account of Odoo's settings."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def _look_for_photo(self) -> Message | None:
        """Look for a photo after the commit, or return why not."""
        search = self._photo_search()
        obstacle = self._photo_obstacle(search)
        if not obstacle:
            self._start_photo(search)
        return obstacle

    def _photo_obstacle(self, search: PhotoSearch) -> Message | None:
        if hold := database_hold(self.env):
            return hold
        return None if search.key else Message("photo.no_key")

    def _photo_search(self) -> PhotoSearch:
        post = self.sudo().post_id._blog_ai_in(self.lang)
        words = next(iter(self._keywords()), post.name or "")
        is_on = has_module(self.env, "web_unsplash")
        return PhotoSearch(words, get_parameter(self.env, KEY) if is_on else "")

    def _start_photo(self, search: PhotoSearch) -> None:
        registry = self.env.registry
        self.env.cr.postcommit.add(partial(start_photo, registry, self.id, search))

    def _report_photo(self, use: str) -> None:
        """Report the use of a photo after the commit.

        :param use: of the ``Photo``
        """
        search = self._photo_search()
        self.env.cr.postcommit.add(partial(start_report, search, use))

    @api.model
    def _keep_photo(self, generation_id: int, found: Photo | str) -> None:
        generation = self.browse(generation_id).exists()
        if isinstance(found, str):
            generation._go_without("unsplash", Message(f"photo.{found}"))
            return
        values = {"name": found.photographer, "link": found.link}
        generation._take_picture(found.raw, Message("note.photo", values), values)
