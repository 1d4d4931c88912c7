# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Listen on Odoo's bus as a browser tab does: the real websocket without a browser."""

import json
import threading
import time

import websocket

from .client import Client

UPDATED = "blog_ai_generator/generation"
ENDED = (
    "SELECT id FROM blog_ai_generation WHERE state IN ('done', 'failed', 'cancelled')"
)


class BusListener:
    """Note when the end of each generation is announced; for a ``with`` block.

    :param server: the ``LiveServer``
    :param client: whose session listens; a person who may see generations
    """

    def __init__(self, server, client: Client):
        self._server = server
        self._ended: dict[int, float] = {}
        self._changed = threading.Condition()
        self._socket = websocket.create_connection(
            f"ws{server.url.removeprefix('http')}/websocket",
            cookie=f"session_id={client.session_id}",
            origin=server.url,
            http_no_proxy=["127.0.0.1"],
        )
        self._send("subscribe", {"channels": [], "last": 0})
        self._socket.ping()
        self._socket.recv_data_frame(control_frame=True)
        self._thread = threading.Thread(
            target=self._listen, name="bus listener", daemon=True
        )
        self._thread.start()

    def __enter__(self) -> "BusListener":
        return self

    def __exit__(self, *_error) -> None:
        self._socket.shutdown()
        self._thread.join()

    def wait_for(self, ids: list[int], timeout: float = 180.0) -> dict[int, float]:
        """Return the UNIX times at which the end of each generation was announced.

        :raise TimeoutError: with the generations that did not end in time
        """
        wanted = set(ids)
        with self._changed:
            if not self._changed.wait_for(
                lambda: wanted <= self._ended.keys(), timeout
            ):
                missing = sorted(wanted - self._ended.keys())
                raise TimeoutError(f"Generations {missing} did not end.")
            return {number: self._ended[number] for number in ids}

    def _send(self, event: str, data: dict) -> None:
        self._socket.send(json.dumps({"event_name": event, "data": data}))

    def _listen(self) -> None:
        while True:
            try:
                text = self._socket.recv()
            except (OSError, websocket.WebSocketException):
                return
            if text:
                self._hear(time.time(), json.loads(text))

    def _hear(self, now: float, notifications: list[dict]) -> None:
        ids = {
            number
            for notification in notifications
            if notification["message"]["type"] == UPDATED
            for number in notification["message"]["payload"]["ids"]
        }
        # The message only says that something changed. Look what, as an open form does.
        unheard = sorted(ids - self._ended.keys())
        if not unheard:
            return
        ended = self._server.sql(f"{ENDED} AND id = ANY(%s)", unheard)
        with self._changed:
            self._ended.update((number, now) for (number,) in ended)
            self._changed.notify_all()
