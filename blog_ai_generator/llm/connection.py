# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A session adapter of ``requests`` that opens every connection under a deadline.

``requests`` only has a timeout per read. Here every socket is duplicated before it is
used, and a timer shuts the duplicate down when the time is up. That ends any blocked
connect, TLS handshake, send or read at once. The duplicate is needed because ``ssl``
detaches the plain socket that it wraps.

There are two limits. A name lookup cannot be interrupted: the resolver's own timeout
applies, and the deadline is checked right after it. Behind a SOCKS proxy, the deadline
is only checked between two reads.
"""

import socket
from collections.abc import Iterable
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from .deadline import Deadline

# Arguments of ``socket.setsockopt``.
SocketOption = tuple[int, int, int | bytes]


class WatchedAdapter(HTTPAdapter):
    """Make every pool of a session, a proxy's too, open watched connections."""

    def __init__(self, deadline: Deadline) -> None:
        self._pools = {
            "http": partial(_pool, HTTPConnectionPool, _WatchedHTTP, deadline),
            "https": partial(_pool, HTTPSConnectionPool, _WatchedHTTPS, deadline),
        }
        super().__init__()
        self._watch(self.poolmanager)

    # Any: passed on as ``requests`` passes it.
    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):
            self._watch(manager)
        return manager

    def _watch(self, manager: PoolManager) -> None:
        # urllib3 only calls the classes, so functions will do.
        manager.pool_classes_by_scheme = self._pools  # type: ignore[assignment]


class _WatchedHTTP(HTTPConnection):
    """An HTTP connection, of urllib3 1.26 or 2, under a deadline."""

    # Any: passed on as urllib3 passes it.
    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        self._deadline = deadline
        super().__init__(*args, **kwargs)

    def _new_conn(self) -> socket.socket:
        host = self._dns_host.strip("[]")
        try:
            return _connect(host, self.port, self.socket_options, self._deadline)
        except OSError as error:
            # urllib3 takes a bare reset for an answer that came early.
            raise NewConnectionError(self, str(error)) from error


class _WatchedHTTPS(_WatchedHTTP, HTTPSConnection):
    """An HTTPS connection under a deadline."""


def _pool(
    pool_class: type[HTTPConnectionPool],
    connection_class: type[_WatchedHTTP],
    deadline: Deadline,
    *args: Any,
    **kwargs: Any,
) -> HTTPConnectionPool:
    pool = pool_class(*args, **kwargs)
    # urllib3 only calls the class, so a function will do.
    pool.ConnectionCls = partial(  # type: ignore[assignment]
        connection_class, deadline=deadline
    )
    return pool


def _connect(
    host: str, port: int, options: Iterable[SocketOption] | None, deadline: Deadline
) -> socket.socket:
    """Return a connected, watched socket; all addresses of the host share the time."""
    error = OSError(f"no address for {host}")
    for family, kind, proto, _name, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    ):
        if deadline.passed:
            raise TimeoutError("deadline passed while connecting")
        try:
            sock = socket.socket(family, kind, proto)
        except OSError as exception:  # such as a machine without IPv6
            error = exception
            continue
        try:
            deadline.watch(sock)
            for option in options or ():
                sock.setsockopt(*option)
            sock.settimeout(deadline.remaining)
            sock.connect(address)
            return sock
        except OSError as exception:
            sock.close()
            error = exception
    raise error
