# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An attempt that ended, while its outcome is stored."""

from typing import Any, NamedTuple

from .pump import Outcome


class Attempt(NamedTuple):
    """An outcome, and what the store locked for it.

    :param generation: the ``blog.ai.generation``; empty if it has been deleted
    :param proves: whether an answer proves that the provider takes requests again
    :param visible_posts: ids of the posts linked to that every visitor sees
    """

    outcome: Outcome
    generation: Any
    proves: bool
    visible_posts: frozenset[int]
