# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the queue to the providers and back, many calls at once.

The way of a post: :class:`Pump` claims due generations, calls a provider for each in a
thread of its own, and stores each outcome in a short transaction.

- The pump knows the models by one interface only, :class:`GenerationQueue`: claim,
  store, requeue lost, next due, wake. ``blog.ai.generation`` implements it, and
  :func:`generation_queue` is the only place that asks for the model.
- The models know the pump by the names below only. They are plain data and functions,
  except for :class:`Pump`, which a scheduled action and a shell run, and :class:`Turn`,
  the time of a scheduled action.

========================  ==========================================================
``claim``                 :class:`Claim`: a leased generation as plain data
``prices``                :class:`Prices`: what a call costs; its ``FRAME_TOKENS`` and
                          ``MILLION``, for the claim's SQL
``month``                 :class:`Month`: the month of a budget, in a time zone
``outcome``               :data:`Outcome`: :class:`Answered` or :class:`Failed`, the
                          latter with its :class:`Failure`
``generation_queue``      :class:`GenerationQueue`, :func:`generation_queue`
``limits``                :class:`Limits`: the settings of an administrator, and their
                          bounds ``LEASE_MARGIN``, ``LEAST_TIMEOUT``, ``MAX_ATTEMPTS``,
                          ``MAX_DAYS``, ``MAX_TIMEOUT``, ``MAX_WIDTH``, ``SETTINGS``,
                          :func:`request_seconds`
``turn``                  :class:`Turn`, :func:`heed_sigterm`
``transaction``           :func:`transact`, :func:`is_caused_by`, ``TRIES``: errors of
                          the database, and how often a transaction is repeated
``watch``                 :func:`take_over_lost`; ``LOOK_OF_ODOO``
``calls``                 the threads; internal to the pump
``pump``                  :class:`Pump`: the loop
========================  ==========================================================
"""

from .claim import Claim
from .generation_queue import GenerationQueue, generation_queue
from .limits import (
    LEASE_MARGIN,
    LEAST_TIMEOUT,
    MAX_ATTEMPTS,
    MAX_DAYS,
    MAX_TIMEOUT,
    MAX_WIDTH,
    SETTINGS,
    Limits,
    request_seconds,
)
from .month import Month
from .outcome import Answered, Failed, Failure, Outcome
from .prices import FRAME_TOKENS, MILLION, Prices
from .pump import Pump
from .transaction import TRIES, is_caused_by, transact
from .turn import Turn, heed_sigterm
from .watch import LOOK_OF_ODOO, take_over_lost

__all__ = [
    "FRAME_TOKENS",
    "LEASE_MARGIN",
    "LEAST_TIMEOUT",
    "LOOK_OF_ODOO",
    "MAX_ATTEMPTS",
    "MAX_DAYS",
    "MAX_TIMEOUT",
    "MAX_WIDTH",
    "MILLION",
    "SETTINGS",
    "TRIES",
    "Answered",
    "Claim",
    "Failed",
    "Failure",
    "GenerationQueue",
    "Limits",
    "Month",
    "Outcome",
    "Prices",
    "Pump",
    "Turn",
    "generation_queue",
    "heed_sigterm",
    "is_caused_by",
    "request_seconds",
    "take_over_lost",
    "transact",
]
