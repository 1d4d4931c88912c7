# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Sequence
from typing import Any, NamedTuple

from odoo import api, models

from ..attempt import Attempt
from ..messages import Message
from ..pump import Answered


class PostCover(NamedTuple):
    """The pictures of one post.

    :param attachments: the ``ir.attachment`` records, which get the id of the post
    :param values: of the post
    :param notes: why there is none
    """

    attachments: Any
    values: dict[str, Any]
    notes: list[Message]


class BlogAiGenerationCover(models.Model):
    """The cover that comes with a post."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def action_choose_cover(self):
        """Offer four pictures to the person who reviews the post."""
        self.ensure_one()
        self._check_may_review()
        offered = self.env["blog.ai.cover"]._offer(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Choose a cover"),
            "res_model": offered._name,
            "views": [(False, "kanban")],
            "target": "new",
            "domain": [("id", "in", offered.ids)],
        }

    @api.model
    def _create_covers(
        self, posts, attempts: Sequence[Attempt]
    ) -> dict[int, PostCover]:
        """Create the pictures of posts, which name them, in one go.

        :param posts: empty, in the environment in which the posts are created
        :return: the cover of each by the id of its generation
        """
        library = self._library_pictures(attempts)
        chosen = {
            a.generation.id: a.generation._picture_of(a, library) for a in attempts
        }
        attachments = posts.env["ir.attachment"]
        values = {
            attempt.generation.id: attachments._blog_ai_prepare_cover(
                attempt.outcome.cover, attempt.outcome.answer.article.title
            )
            for attempt in attempts
            if not chosen[attempt.generation.id]
        }
        created = attachments.create(
            [each for some in values.values() for each in some]
        )
        self._wait_for_pictures(attempts, values)
        covers, start = {}, 0
        for attempt in attempts:
            key = attempt.generation.id
            mine = created[start : start + len(values.get(key, ()))]
            start += len(mine)
            notes = _notes_of(attempt.outcome, chosen[key])
            shown = chosen[key] or mine
            covers[key] = PostCover(mine, shown._blog_ai_cover_values(), notes)
        return covers

    @api.model
    def _wait_for_pictures(self, attempts: Sequence[Attempt], drawn) -> None:
        """Look for pictures of posts whose cover is drawn for the time being.

        :param drawn: ids of generations
        """
        waiting = [
            attempt.generation.id
            for attempt in attempts
            if attempt.generation.id in drawn
            and attempt.outcome.claim.cover
            and attempt.outcome.claim.cover.is_first
        ]
        if waiting:
            attempts[0].generation.browse(waiting)._start_pictures()


def _notes_of(outcome: Answered, chosen) -> list[Message]:
    if chosen:
        return [Message("note.cover_chosen", {"name": chosen.name})]
    is_missing = outcome.claim.cover and not outcome.cover
    return [Message("note.no_cover")] if is_missing else []
