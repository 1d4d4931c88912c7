# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One HTTP exchange that cannot outlive its deadline, however slowly data drips.

``requests`` knows a timeout per read only. Here every socket is duplicated before it
is used, and a timer shuts the duplicate down when the time is up, which ends any
blocked connect, TLS handshake, send or read at once. The duplicate is needed because
``ssl`` detaches the plain socket it wraps.

Two limits: a name lookup cannot be interrupted (the resolver's own timeout applies,
and the deadline is checked right after it), and behind a SOCKS proxy the deadline
holds between two reads only.
"""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError, ProtocolError

from .errors import LLMError
from .verdict import from_response

# An article has some 10 kB, and hundreds of models can be listed in this as well.
MAX_BYTES = 2 * 1024 * 1024
CHUNK = 16 * 1024
_HEADERS = {
    "User-Agent": "blog-ai-generator/19.0 (Odoo)",
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # no decompression bombs
    "Content-Type": "application/json",
}


class Deadline:
    """The end of a call, in seconds from now; use as a context manager.

    Leaving the context ends the timer thread and closes every duplicate.
    """

    def __init__(self, seconds):
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._watched = []
        self._timer = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        for sock in self._watched:
            sock.close()

    @property
    def passed(self):
        return time.monotonic() >= self._end

    @property
    def remaining(self):
        """Seconds left, never zero: to a socket that would mean "do not block"."""
        return max(self._end - time.monotonic(), 0.001)

    def watch(self, sock):
        """Shut ``sock`` down when the time is up, even if it gets wrapped by then."""
        with self._lock:
            self._watched.append(sock.dup())
            if self._timer is None:
                self._timer = threading.Timer(self.remaining, self._cut)
                self._timer.daemon = True
                self._timer.start()
        if self.passed:
            # The timer may have run already, before this socket was there.
            self._cut()

    def _cut(self):
        with self._lock:
            for sock in self._watched:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # not connected any more, which is what we want


def _connect(host, port, options, deadline):
    """A connected, watched socket; every address of the host shares the deadline."""
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


class _Watched:
    """Mixin for urllib3 1.26 and 2: opens the connection under a deadline."""

    def __init__(self, *args, deadline, **kwargs):
        self._deadline = deadline
        super().__init__(*args, **kwargs)

    def _new_conn(self):
        host = self._dns_host.strip("[]")
        try:
            return _connect(host, self.port, self.socket_options, self._deadline)
        except OSError as error:
            # urllib3 takes a bare reset for an answer that came early.
            raise NewConnectionError(self, str(error)) from error


class _WatchedHTTP(_Watched, HTTPConnection):
    pass


class _WatchedHTTPS(_Watched, HTTPSConnection):
    pass


def _watched_pool(pool_class, connection_class, deadline, *args, **kwargs):
    pool = pool_class(*args, **kwargs)
    pool.ConnectionCls = partial(connection_class, deadline=deadline)
    return pool


class _Adapter(HTTPAdapter):
    """Makes every pool of a session, a proxy's too, open watched connections."""

    def __init__(self, deadline):
        self._pools = {
            "http": partial(_watched_pool, HTTPConnectionPool, _WatchedHTTP, deadline),
            "https": partial(
                _watched_pool, HTTPSConnectionPool, _WatchedHTTPS, deadline
            ),
        }
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        result = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools
        return result

    def proxy_manager_for(self, proxy, **kwargs):
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = self._pools
        return manager


class KeyAuth:
    """Sets the key's header; being an ``auth`` it keeps ``~/.netrc`` out.

    :param kind: ``bearer``, ``x-api-key`` or ``none``
    """

    def __init__(self, kind, key):
        self._kind = kind
        self._key = key.strip()
        if not (self._key.isascii() and self._key.isprintable()):
            raise LLMError("authentication", reason="malformed")

    def __call__(self, request):
        if self._key and self._kind == "bearer":
            request.headers["Authorization"] = f"Bearer {self._key}"
        elif self._key and self._kind == "x-api-key":
            request.headers["x-api-key"] = self._key
        return request


@dataclass(frozen=True)
class HttpAnswer:
    """A complete answer with a status below 300.

    :param headers: mapping with case-insensitive names
    """

    status: int
    headers: Mapping
    text: str

    def json(self):
        """The JSON object of the answer; anything else is unusable."""
        try:
            data = json.loads(self.text)
        except (ValueError, RecursionError):
            # A web page instead of JSON means that the address is a website's.
            page = self.text.lstrip()[:1] == "<"
            raise self.unusable("no JSON", "no_api" if page else "") from None
        if isinstance(data, list) and data and isinstance(data[0], dict):
            data = data[0]  # Gemini wraps errors like this
        if not isinstance(data, dict):
            raise self.unusable("JSON, but not an object")
        if data.get("error"):
            raise from_response(200, self.headers, self.text)
        return data

    def unusable(self, why, reason=""):
        start = " ".join(self.text[:200].split()) or "empty body"
        return LLMError(
            "unusable",
            f"HTTP {self.status}, {why}: {start}",
            reason=reason,
            http_status=self.status,
        )


def exchange(method, url, auth, headers, deadline, payload=None):
    """Send one request and read the whole answer.

    :param payload: sent as JSON if there is one
    :raise LLMError: for whatever went wrong, failing status codes included
    """
    try:
        data = payload and json.dumps(payload, allow_nan=False)
    except (TypeError, ValueError) as exception:
        raise LLMError("bad_request", f"options: {exception}") from None
    failure = None
    try:
        status, answer_headers, body = _exchange(
            method, url, auth, _HEADERS | headers, deadline, data
        )
    except (
        requests.RequestException,
        HTTPError,
        http.client.HTTPException,
        OSError,
        ValueError,
    ) as exception:
        failure = _failure(exception, deadline)
    if failure:
        # Outside of the handler: the exception holds the request with its key.
        raise failure
    text = body.decode("utf-8", "replace").lstrip("\ufeff")
    if status >= 300:
        raise from_response(status, answer_headers, text)
    return HttpAnswer(status, answer_headers, text)


def check_url(url):
    """Refuse an address with credentials or anything else that is not plain."""
    try:
        parts = urlsplit(url)
        _port = parts.port
        plain = parts.scheme in ("http", "https") and parts.hostname
        plain = plain and not set(url) & set(" \\@?#")
    except ValueError:
        plain = False
    if not plain:
        raise LLMError("bad_request", "unusable base URL", reason="base_url")


def _exchange(method, url, auth, headers, deadline, data):
    if deadline.passed:
        raise TimeoutError("deadline passed before the request")
    with requests.Session() as session:
        adapter = _Adapter(deadline)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        response = session.request(
            method,
            url,
            data=data,
            auth=auth,
            headers=headers,
            timeout=deadline.remaining,
            allow_redirects=False,
            stream=True,
        )
        with response:
            body = _read(response)
    if deadline.passed:
        # What the timer cut off may look like a complete answer.
        raise TimeoutError("deadline passed while reading")
    return response.status_code, response.headers, body


def _read(response):
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise LLMError(
                "unusable",
                f"more than {MAX_BYTES} bytes",
                reason="too_big",
                http_status=response.status_code,
            )
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and response.raw.tell() < int(announced):
        raise ConnectionResetError(f"{response.raw.tell()} of {announced} bytes")
    return bytes(body)


# First match along the chain of causes wins.
_VERDICTS = (
    (requests.exceptions.InvalidURL, "bad_request", "base_url"),
    (requests.exceptions.ProxyError, "connection", "proxy"),
    (socket.gaierror, "connection", "dns"),
    (ssl.SSLError, "connection", "tls"),
    (ConnectionRefusedError, "connection", "refused"),
    (ConnectionError, "connection", "closed"),
    (http.client.BadStatusLine, "unusable", "no_api"),
    (http.client.HTTPException, "connection", "closed"),
    (ProtocolError, "connection", "closed"),
    (OSError, "connection", ""),
    (UnicodeError, "bad_request", "base_url"),
)


def _failure(exception, deadline):
    causes = list(_causes(exception))
    slow = (TimeoutError, requests.Timeout)
    if deadline.passed or any(isinstance(cause, slow) for cause in causes):
        return LLMError("timeout", f"no answer within {deadline.seconds:g} s")
    detail = f"{type(causes[-1]).__name__}: {causes[-1]}"
    for kind, code, reason in _VERDICTS:
        if any(isinstance(cause, kind) for cause in causes):
            return LLMError(code, detail, reason=reason)
    return LLMError("bad_request", detail)


def _causes(exception):
    """An exception and those it was made of, outermost first, by whatever link."""
    seen = set()
    queue = [exception]
    while queue:
        cause = queue.pop(0)
        if id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            links = (*cause.args, getattr(cause, "reason", None), cause.__cause__)
            queue += [link for link in links if isinstance(link, BaseException)]
