# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The interface of the models to the pump, which uses them only through it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from odoo.api import Environment

from ..pictures import Photo
from .claim import Claim
from .limits import Limits
from .outcome import Outcome


class GenerationQueue(Protocol):
    """The queue of generations, as ``blog.ai.generation`` implements it.

    Each method works in the transaction of its environment and leaves the commit to the
    pump. The names begin with an underscore, so that Odoo lets nobody call them by RPC.
    """

    def _claim(
        self,
        room: int,
        limits: Limits,
        only: Sequence[int] | None = None,
        ended: Sequence[int] = (),
    ) -> list[Claim]:
        """Lease up to ``room`` due generations, among ``only`` if given.

        :param ended: ids of generations whose call has ended and waits to be stored
        """

    def _has_due(self, only: Sequence[int] | None = None) -> bool:
        """Return whether a claim may find something; a tenth of its price."""

    def _store(self, *outcomes: Outcome) -> None:
        """Log the calls of attempts and store their posts or failures, once each."""

    def _unwanted(self, claims: Sequence[Claim]) -> list[Claim]:
        """Return the claims whose answer nobody would store any more."""

    def _requeue_lost(self) -> bool:
        """End the attempts whose lease ran out because their worker died.

        :return: whether there were any
        """

    def _seconds_to_lease_end(self) -> float | None:
        """Return the time until the next lease ends; None if nothing is leased."""

    def _wake_if_idle(self) -> None:
        """Start other pumps after the commit if nobody begins what is due."""

    def _keep_watch(self) -> None:
        """Look for what is lost whenever a worker looks at what is due."""

    def _next_due(
        self, limits: Limits, only: Sequence[int] | None = None
    ) -> datetime | None:
        """Return when a queued generation may be called for next, in UTC."""

    def _look_for_picture(self, generation_id: int) -> None:
        """Find the picture of a stored post, or have one made after the commit."""

    def _keep_photo(self, generation_id: int, found: Photo | str) -> None:
        """Give a stored post its photo, or note the reason why there is none."""

    def _wake_pump(self, at: datetime | None = None) -> None:
        """Start a pump after the commit, or at a moment in UTC."""


def generation_queue(env: Environment) -> GenerationQueue:
    queue: GenerationQueue = env["blog.ai.generation"]
    return queue
