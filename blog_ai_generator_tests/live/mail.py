# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A mail server on the loopback interface that keeps every email."""

import email
import email.policy
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import NamedTuple


class Delivery(NamedTuple):
    """One received email.

    :param time: UNIX time at which it was complete
    """

    time: float
    recipients: list[str]
    message: EmailMessage


class MailSink:
    """Accept every email between ``start()`` and ``close()``.

    :param port: a free one of the loopback interface
    """

    def __init__(self, port: int):
        # Odoo's tests import this module, and need not have the package.
        from aiosmtpd.controller import Controller

        self.port = port
        self._changed = threading.Condition()
        self._mails: list[Delivery] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> "MailSink":
        self._controller.start()
        return self

    def close(self) -> None:
        self._controller.stop()

    @property
    def mails(self) -> list[Delivery]:
        with self._changed:
            return list(self._mails)

    def wait_until(self, condition: Callable, timeout: float = 60.0) -> object:
        """Return the result of ``condition()`` as soon as it is true.

        It is evaluated after each email.

        :raise TimeoutError: it was not true within ``timeout`` seconds
        """
        with self._changed:
            if result := self._changed.wait_for(condition, timeout):
                return result
            raise TimeoutError(
                f"{len(self._mails)} emails arrived, but not the expected ones."
            )

    async def handle_DATA(self, _server, _session, envelope) -> str:
        now = time.time()
        message = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )
        with self._changed:
            self._mails.append(Delivery(now, envelope.rcpt_tos, message))
            self._changed.notify_all()
        return "250 OK"
