# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Sequence
from itertools import islice

from odoo import api, models

from ..attempt import Attempt
from ..messages import Message
from ..pump import Answered
from ..utils import open_choice


class BlogAiGenerationCover(models.Model):
    """The cover that comes with a post."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def action_choose_cover(self):
        """Offer four pictures to the person who reviews the post."""
        self.ensure_one()
        self._reviewed_post()
        return self._open_covers()

    def _open_covers(self, turn: int = 0) -> dict:
        offered = self.env["blog.ai.cover"]._offer(self, turn)
        name = self.env._("Choose a cover")
        return open_choice(offered, name, [("id", "in", offered.ids)])

    @api.model
    def _create_covers(
        self, posts, attempts: Sequence[Attempt]
    ) -> dict[int, list[Message]]:
        """Create the pictures of new posts in one go.

        The posts are there before their pictures, which are stored with the id of a
        post. The post refers to them in a statement that Odoo makes anyway.

        :return: notes about the cover, by the id of the generation
        """
        library = self._library_pictures(attempts)
        # Odoo would open each picture to see if it is too large.
        attachments = posts.env["ir.attachment"].with_context(image_no_postprocess=True)
        values, covered = [], []
        for post, attempt in zip(posts, attempts, strict=True):
            chosen = attempt.generation._picture_of(attempt, library)
            mine = [] if chosen else _prepare_pictures(post, attempt)
            values += mine
            covered.append((post, attempt, chosen, len(mine)))
        created, notes = iter(attachments.create(values)), {}
        drawn = [attempt for _post, attempt, chosen, _count in covered if not chosen]
        waiting = [one.generation.id for one in drawn if _is_first(one)]
        if waiting:
            attempts[0].generation.browse(waiting)._start_pictures()
        for post, attempt, chosen, count in covered:
            shown = chosen or attachments.concat(*islice(created, count))
            if shown:
                post.write(shown._blog_ai_cover_values())
            notes[attempt.generation.id] = _notes_of(attempt.outcome, chosen)
        return notes


def _is_first(attempt: Attempt) -> bool:
    style = attempt.outcome.claim.cover
    return style is not None and style.is_first


def _prepare_pictures(post, attempt: Attempt) -> list[dict]:
    outcome = attempt.outcome
    values = post.env["ir.attachment"]._blog_ai_prepare_cover(
        outcome.cover, outcome.answer.article.title
    )
    return [{**each, "res_id": post.id} for each in values]


def _notes_of(outcome: Answered, chosen) -> list[Message]:
    if chosen:
        return [Message("note.cover_chosen", {"name": chosen.name})]
    is_missing = outcome.claim.cover and not outcome.cover
    return [Message("note.no_cover")] if is_missing else []
