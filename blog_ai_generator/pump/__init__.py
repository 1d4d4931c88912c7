# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lead posts from the queue to the providers and back, many calls at once.

The way of a post: :class:`Pump` claims due generations, calls a provider for each in a
thread of its own, and stores the outcomes in short transactions. Outcomes that have
ended together are stored in one.

- The pump knows the models by two interfaces only. ``blog.ai.generation`` implements
  :class:`GenerationQueue`: claim, store, requeue lost, next due, wake. The only place
  to ask for it is :func:`generation_queue`. ``blog.ai.ask`` implements :class:`Ask`,
  one call for which a person waits; :func:`ask_of` returns it.
- The models know the pump by the names below only. They are plain data and functions,
  except for :class:`Pump`, which a scheduled action and a shell run, and :class:`Turn`,
  the time of a scheduled action.

========================  ==========================================================
``claim``                 :class:`Claim`: a leased generation as plain data
``prices``                :class:`Prices`: what a call costs; its ``BESIDE_OCTETS``,
                          ``FRAME_TOKENS`` and ``MILLION``, for the claim's SQL
``month``                 :class:`Month`: the month of a budget, in a time zone
``outcome``               :data:`Outcome`: :class:`Answered` or :class:`Failed`, the
                          latter with its :class:`Failure`. ``call`` asks a provider
                          in a thread, ``draw_ahead`` draws a part of the cover
                          meanwhile, ``checked`` checks the answer and draws the rest,
                          all without a transaction: internal to the pump
``generation_queue``      :class:`GenerationQueue`, :func:`generation_queue`
``limits``                :class:`Limits`: the settings of an administrator, and their
                          bounds ``LEASE_MARGIN``, ``LEAST_TIMEOUT``, ``MAX_ATTEMPTS``,
                          ``MAX_DAYS``, ``MAX_POSTS_PER_HOUR``, ``MAX_TIMEOUT``,
                          ``MAX_WIDTH``, ``SETTINGS``
``turn``                  :class:`Turn`, :func:`heed_sigterm`
``transaction``           :func:`transact`, :func:`is_caused_by`, :func:`is_passing`,
                          ``TRIES``: errors of the database, and how often a
                          transaction is repeated
``watch``                 :func:`take_over_lost`, :func:`watch_from_start`,
                          :func:`look_soon`; ``LOOK_OF_ODOO``
``ask``                   a call for which a person waits: :func:`start` makes it in
                          the background, :func:`react` at once; a :data:`Question`
                          goes in, a :class:`Reaction` comes out
``covers``                :func:`start_pictures`, :func:`start_photo`: the pictures of
                          stored posts; :func:`start_photos`: some to choose from, the
                          use of which :func:`start_report` reports
``calls``                 the threads; internal to the pump
``store``                 the transactions that store outcomes; internal to the pump
``notices``               the NOTIFYs that follow a commit; internal to the pump
``pump``                  :class:`Pump`: the loop
========================  ==========================================================
"""

from .ask import Ask, Question, Reaction, ask_of, react, start
from .claim import Claim
from .covers import start_photo, start_photos, start_pictures, start_report
from .generation_queue import GenerationQueue, generation_queue
from .limits import (
    LEASE_MARGIN,
    LEAST_TIMEOUT,
    MAX_ATTEMPTS,
    MAX_DAYS,
    MAX_POSTS_PER_HOUR,
    MAX_TIMEOUT,
    MAX_WIDTH,
    SETTINGS,
    Limits,
)
from .month import Month
from .outcome import Answered, Failed, Failure, Outcome
from .prices import BESIDE_OCTETS, FRAME_TOKENS, MILLION, Prices
from .pump import Pump
from .transaction import TRIES, is_caused_by, is_passing, transact
from .turn import Turn, heed_sigterm
from .watch import LOOK_OF_ODOO, look_soon, take_over_lost, watch_from_start

__all__ = [
    "BESIDE_OCTETS",
    "FRAME_TOKENS",
    "LEASE_MARGIN",
    "LEAST_TIMEOUT",
    "LOOK_OF_ODOO",
    "MAX_ATTEMPTS",
    "MAX_DAYS",
    "MAX_POSTS_PER_HOUR",
    "MAX_TIMEOUT",
    "MAX_WIDTH",
    "MILLION",
    "SETTINGS",
    "TRIES",
    "Answered",
    "Ask",
    "Claim",
    "Failed",
    "Failure",
    "GenerationQueue",
    "Limits",
    "Month",
    "Outcome",
    "Prices",
    "Pump",
    "Question",
    "Reaction",
    "Turn",
    "ask_of",
    "generation_queue",
    "heed_sigterm",
    "is_caused_by",
    "is_passing",
    "look_soon",
    "react",
    "start",
    "start_photo",
    "start_photos",
    "start_pictures",
    "start_report",
    "take_over_lost",
    "transact",
    "watch_from_start",
]
