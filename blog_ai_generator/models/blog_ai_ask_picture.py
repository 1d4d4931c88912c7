# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import llm
from ..llm.picture import picture_prompt
from ..messages import Message, render
from ..pictures import refusal_of
from ..pump import Prices
from .blog_ai_ask import OPEN


class BlogAiAskPicture(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """Calls for pictures: to choose from, or for a post that has just been written."""

    _inherit = "blog.ai.ask"  # pylint: disable=consider-merging-classes-inherited

    # False if the post takes the picture itself.
    is_to_choose = fields.Boolean(readonly=True)

    @api.model
    def _prepare_picture(self, generation, request: llm.PictureRequest) -> tuple:
        """Return the question and the values of a call for pictures, or an obstacle.

        :return: question, values and a ``Message``, of which the last one is alone
        """
        company = generation.company_id
        provider, model, obstacle = generation.blog_id._blog_ai_painter(company)
        if obstacle:
            return None, None, obstacle
        octets = picture_prompt(request).octets
        tokens = llm.MOST_PICTURE_TOKENS * request.count
        values = {
            "kind": "picture",
            "provider_id": provider.id,
            "company_id": company.id,
            "blog_id": generation.blog_id.id,
            "post_id": generation.post_id.id,
            "generation_id": generation.id,
            "model": model,
            "worst": provider._picture_prices(model).worst(octets, tokens),
        }
        question = partial(llm.make_pictures, request, accept=refusal_of)
        return question, values, None

    @api.model
    def _ask_to_choose(self, generation) -> dict:
        """Have pictures made from which a person chooses.

        :raises UserError: if no call may be made now
        """
        generation = generation.sudo()
        provider = generation.blog_id._blog_ai_painter(generation.company_id)[0]
        count = provider._preset().pictures_at_once
        request = generation._picture_request(count)
        question, values, obstacle = self._prepare_picture(generation, request)
        if obstacle:
            raise UserError(render(self.env, obstacle))
        return self._ask(question, **values, is_to_choose=True)

    @api.model
    def _ask_for_post(self, generation, request: llm.PictureRequest) -> Message | None:
        """Have the picture of a post made, or return why not."""
        question, values, obstacle = self._prepare_picture(generation, request)
        if not obstacle:
            ask = self.create(values)
            obstacle = ask._refusal()
            if obstacle:
                ask.state = "failed"
            else:
                ask._start(question)
        return obstacle

    def _asked_prices(self) -> Prices:
        if self.kind == "picture":
            return self.provider_id._picture_prices(self.model or "")
        return super()._asked_prices()

    def _keep_pictures(self, result: llm.Pictures) -> Message:
        if self.is_to_choose:
            # A generation that was deleted meanwhile needs no picture.
            self._offer_pictures(result.files if self.generation_id else ())
        else:
            self.generation_id._take_picture(
                result.files[0],
                Message("note.picture", {"name": self.provider_id.name}),
            )
        return Message("ask.pictures", {"count": str(len(result.files))})

    def _offer_pictures(self, files: tuple[bytes, ...]) -> None:
        self.env["blog.ai.cover"].create(
            [
                {
                    "ask_id": self.id,
                    "generation_id": self.generation_id.id,
                    "name": self.provider_id.name,
                    "image": base64.b64encode(raw),
                    "is_generated": True,
                }
                for raw in files
            ]
        )

    @api.model
    def _end_lost(self, calls) -> None:
        """End the asks of servers that stopped, so that a post asks its next source."""
        if calls:
            asking = [("call_id", "in", calls.ids), ("state", "in", OPEN)]
            for ask in self.search(asking):
                ask.write(ask._as_asked()._set_failed(Message("ask.lost")))

    def _set_failed(self, message: Message) -> dict:
        values = super()._set_failed(message)
        if self.kind == "picture" and not self.is_to_choose:
            self.generation_id._go_without("generated", message)
        return values
