# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A way to PostgreSQL that can be cut, as a network is."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

CHUNK = 2**16


class Severed:
    """Forward TCP connections to the socket of a server, until they are cut.

    :param target: the socket of the server
    """

    def __init__(self, target: Path):
        self._target = target
        self._is_open = True
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        self._flows.set()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._server = self._run(asyncio.start_server(self._connected, "127.0.0.1", 0))

    @property
    def port(self) -> int:
        return self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)

    def stall(self) -> None:
        """Let nothing through any more; connections stay open."""
        self._loop.call_soon_threadsafe(self._flows.clear)

    def cut(self) -> None:
        """Close all connections and refuse new ones."""
        self._is_open = False
        self._loop.call_soon_threadsafe(self._abort)

    def mend(self) -> None:
        self._is_open = True
        self._loop.call_soon_threadsafe(self._flows.set)

    def _abort(self) -> None:
        for writer in [*self._writers]:
            writer.transport.abort()

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _connected(self, reader, writer) -> None:
        if not self._is_open:
            writer.transport.abort()
            return
        theirs, ours = await asyncio.open_unix_connection(self._target)
        self._writers |= {writer, ours}
        with suppress(OSError):
            await asyncio.gather(self._lead(reader, ours), self._lead(theirs, writer))
        self._writers -= {writer, ours}

    async def _lead(self, reader, writer) -> None:
        try:
            while data := await reader.read(CHUNK):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()
