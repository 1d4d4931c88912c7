# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A minimal reverse proxy: one address for HTTP workers and websocket.

Stands in for nginx in front of a prefork Odoo.
"""

import asyncio
import threading
from contextlib import suppress

HEAD_LIMIT = 2**20  # bytes of a request's head


class ReverseProxy:
    """Forward each connection to the HTTP workers or to the websocket process.

    The first request of a connection decides. That is enough: Odoo's HTTP workers close
    it after their answer.

    :param http_port: of the HTTP workers
    :param gevent_port: of the websocket process
    """

    def __init__(self, http_port: int, gevent_port: int):
        self._http_port, self._gevent_port = http_port, gevent_port
        # The loop keeps weak references only to tasks that wait for a silent client.
        self._connections: set[asyncio.Task] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="reverse proxy", daemon=True
        )
        self._thread.start()
        self._server = self._run(
            asyncio.start_server(self._connected, "127.0.0.1", 0, limit=HEAD_LIMIT)
        )
        self.port: int = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _end(self) -> None:
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader, writer) -> None:
        task = asyncio.current_task()
        self._connections.add(task)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            try:
                await self._lead(reader, writer)
            finally:
                self._connections.discard(task)
                writer.close()

    async def _lead(self, reader, writer) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ", 2)[1]
        websocket = path.startswith(b"/websocket")
        port = self._gevent_port if websocket else self._http_port
        back_reader, back_writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            back_writer.write(head)
            await asyncio.gather(
                self._copy(reader, back_writer), self._copy(back_reader, writer)
            )
        finally:
            back_writer.close()

    async def _copy(self, reader, writer) -> None:
        while data := await reader.read(2**16):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
