# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from odoo import api, models

from ..messages import Message, as_json
from ..pictures import PHOTO_TIME_LIMIT, Photo
from ..pump import start_photos

# Photos to choose from.
OFFERED = 4


class BlogAiAskPhoto(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """A search for photos on Unsplash, from which a person chooses."""

    _inherit = "blog.ai.ask"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _ask_for_photos(self, generation) -> dict:
        """Look for photos in the background; return what the browser follows.

        :raises UserError: if nobody may be asked now
        """
        generation = generation.sudo()
        # It gives no sign of life: its thread sees no record until it has ended.
        limit = timedelta(seconds=2 * PHOTO_TIME_LIMIT)
        return self._ask(
            generation._photo_search(),
            kind="photo",
            state="asking",
            company_id=generation.company_id.id,
            blog_id=generation.blog_id.id,
            post_id=generation.post_id.id,
            generation_id=generation.id,
            alive=limit,
        )

    def _refusal(self) -> Message | None:
        if self.kind != "photo":
            return super()._refusal()
        generation = self.generation_id
        return generation._photo_obstacle(generation._photo_search())

    def _followed(self) -> dict:
        followed = super()._followed()
        return (
            {**followed, "provider": "Unsplash"} if self.kind == "photo" else followed
        )

    def _starter(self, question) -> Callable[[], None]:
        if self.kind != "photo":
            return super()._starter(question)
        return partial(start_photos, self.env.registry, self.id, question, OFFERED)

    def _keep_photos(self, found: tuple[Photo, ...] | str) -> None:
        ask = self._as_asked()
        if ask.state != "asking":
            return
        if isinstance(found, str):
            ask.write(ask._set_failed(Message(f"photo.{found}")))
            return
        photos = [photo for photo in found if photo.raw]
        missing = [photo.photographer for photo in found if not photo.raw]
        # A generation that was deleted meanwhile needs no photo.
        if ask.generation_id:
            covers = [ask._prepare_cover(photo) for photo in photos]
            covers += ask._prepare_missing(missing)
            ask.env["blog.ai.cover"].create(covers)
        message = Message("ask.pictures", {"count": str(len(photos))})
        ask.write({"state": "done", "message": as_json(message)})

    def _prepare_missing(self, names: list[str]) -> list[dict]:
        if not names:
            return []
        # It is stored for one reader, by a thread that speaks no language.
        env = self.with_context(lang=self.create_uid.lang).env
        said = env._(
            "Could not be loaded: %(names)s. Look for photos again",
            names=", ".join(dict.fromkeys(names)),
        )
        generation = self.generation_id.id
        values = {"ask_id": self.id, "generation_id": generation, "name": said}
        return [{**values, "offers": "unsplash"}]

    def _prepare_cover(self, photo: Photo) -> dict:
        credit = {"name": photo.photographer, "link": photo.link}
        return {
            "ask_id": self.id,
            "generation_id": self.generation_id.id,
            "name": f"{photo.photographer} / Unsplash",
            "image": base64.b64encode(photo.raw),
            "credit": credit,
            "use": photo.use,
        }
