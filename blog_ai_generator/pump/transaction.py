# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Short transactions that are repeated after a passing error of the database."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg2

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.sql_db import PoolError

from ..internals import take_notifies
from .notices import send

_logger = logging.getLogger(__name__)

# Conflicts with other transactions, lost connections, a pool that is full right now.
PASSING: tuple[type[BaseException], ...] = (
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
    PoolError,
)
# Also retried: a unique violation, because another pump created the same row first,
# such as the alert about a provider; the retry finds it. When all retries fail it is
# raised like any error.
RETRIED = psycopg2.errors.UniqueViolation
# The first pause is 20–40 ms and each further one twice as long: 8 tries take at least
# 2.5 s. An answer that is paid for is kept until the lease of its call ends.
TRIES = 8

P = ParamSpec("P")
T = TypeVar("T")


def transact(
    registry: Any,
    function: Callable[Concatenate[Environment, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Call :func:`transact_at_most` with ``TRIES``."""
    return transact_at_most(TRIES, registry, function, *args, **kwargs)


def transact_until(
    end: float,
    registry: Any,
    function: Callable[Concatenate[Environment, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Like :func:`transact`, again and again until ``end`` while the database is away.

    It is for what only this process knows, such as an answer that is paid for.

    :param end: on the clock of ``time.monotonic``
    :raises psycopg2.Error: the database is still away at the end
    """
    while True:
        try:
            return transact(registry, function, *args, **kwargs)
        except Exception as exception:
            if time.monotonic() >= end or not is_passing(exception):
                raise
            _logger.warning("The database is away: %s", type(exception).__name__)


def transact_at_most(
    tries: int,
    registry: Any,
    function: Callable[Concatenate[Environment, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Call ``function(env, …)`` in a transaction of its own and commit it.

    It is repeated from the start after a conflict with another transaction, and on a
    new connection after a lost one.

    :param registry: the database's registry
    :raises psycopg2.Error: after so many tries
    """
    tried = 1
    while True:
        try:
            with registry.cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                take_notifies(env, send)
                return function(env, *args, **kwargs)
        except Exception as exception:
            if tried >= tries or not _is_retried(exception):
                raise
            _logger.info("Again after %s", type(exception).__name__)
        # A random pause, so that two pumps do not collide for ever.
        time.sleep(random.uniform(0.01, 0.02) * 2**tried)
        tried += 1


def _is_retried(exception: BaseException) -> bool:
    return is_passing(exception) or is_caused_by(exception, (RETRIED,))


def is_passing(exception: BaseException) -> bool:
    """Return whether the same may succeed later, since the database is busy or away.

    A connection that a crash of PostgreSQL has cut raises a plain ``DatabaseError``
    when Odoo takes it from its pool, without the SQLSTATE that the server's own errors
    have. It is gone from the pool then.
    """
    return any(
        isinstance(cause, PASSING)
        or (type(cause) is psycopg2.DatabaseError and cause.pgcode is None)
        for cause in _causes(exception)
    )


def is_caused_by(
    exception: BaseException | None, kinds: tuple[type[BaseException], ...]
) -> bool:
    """Return whether an error is, or was caused by, one of ``kinds``.

    An error of the database while Odoo renders an email is the cause of another error.
    """
    return any(isinstance(cause, kinds) for cause in _causes(exception))


def _causes(exception: BaseException | None) -> Iterator[BaseException]:
    while exception is not None:
        yield exception
        exception = exception.__cause__
