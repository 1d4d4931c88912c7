# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One HTTP exchange that cannot outlive its deadline, however slowly data drips."""

import http.client
import json
import re
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError, ProtocolError

from .connection import WatchedAdapter
from .deadline import Deadline
from .errors import LLMError
from .stream import is_stream, joined

# An article has some 10 kB; a list of hundreds of models fits as well. A stream that
# nobody asked for has 350 bytes a token, more with thoughts: 2.8 MB for 8,000 tokens.
MAX_BYTES = 6 * 1024 * 1024
CHUNK = 16 * 1024
# A byte order mark, or an ASCII character of two or four bytes after a brace.
_WIDE = re.compile(
    rb"\xff\xfe|\xfe\xff|\0\0\xfe\xff|[{[]\0[^\0]?\0|\0+[{[]\0", re.DOTALL
)
_HEADERS = {
    "User-Agent": "blog-ai-generator/19.0 (Odoo)",
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # no decompression bombs
    "Content-Type": "application/json",
}


# Words in front of a key in the header ``Authorization``.
SCHEMES = {"bearer": "Bearer", "client-id": "Client-ID"}


class KeyAuth(AuthBase):
    """Set the header with the key.

    With an ``auth`` of any kind, ``requests`` does not look into ``~/.netrc``.

    :param kind: ``none``, a scheme of :data:`SCHEMES`, or the name of a header such as
        ``x-api-key``
    :raise LLMError: if the key cannot be a header
    """

    def __init__(self, kind: str, key: str) -> None:
        self._kind = kind
        self._key = key.strip()
        if not (self._key.isascii() and self._key.isprintable()):
            raise LLMError("authentication", reason="malformed")

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key and self._kind in SCHEMES:
            request.headers["Authorization"] = f"{SCHEMES[self._kind]} {self._key}"
        elif self._key and self._kind.startswith("x-"):
            request.headers[self._kind] = self._key
        return request


@dataclass(frozen=True)
class HttpAnswer:
    """A complete answer of any status.

    :param headers: mapping with case-insensitive names
    """

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Mapping[str, object]:
        """Return the JSON object of the answer.

        :raise LLMError: if it is anything else
        """
        if is_stream(self.text) and (stream := joined(self.text)):
            return stream
        try:
            data = json.loads(self.text)
        except (ValueError, RecursionError):
            # A web page instead of JSON means that the address is that of a website.
            page = self.text.lstrip()[:1] == "<"
            raise self.unusable("no JSON", "no_api" if page else "") from None
        if isinstance(data, list):
            data = _object_of(data)
        if not isinstance(data, dict):
            raise self.unusable("JSON, but not an object")
        return data

    def unusable(self, why: str, reason: str = "") -> LLMError:
        start = " ".join(self.text[:200].split()) or "empty body"
        return LLMError(
            "unusable",
            f"HTTP {self.status}, {why}: {start}",
            reason=reason,
            http_status=self.status,
        )


@dataclass(frozen=True)
class _Request:
    """A request as it is sent; its answer may have ``max_bytes`` at most."""

    method: str
    url: str
    auth: KeyAuth
    headers: Mapping[str, str]
    max_bytes: int
    data: str | None = None


def _object_of(items: list[object]) -> Mapping[str, object]:
    """Return the error that Gemini wraps in a list, or a bare list of models."""
    first = items[0] if items else None
    return first if isinstance(first, dict) and "error" in first else {"data": items}


def exchange(
    method: str,
    url: str,
    auth: KeyAuth,
    headers: Mapping[str, str],
    deadline: Deadline,
    payload: Mapping[str, object] | None = None,
    max_bytes: int = MAX_BYTES,
) -> HttpAnswer:
    """Send one request and read the whole answer.

    :param payload: sent as JSON if there is one
    :param max_bytes: of the answer
    :raise LLMError: if there is no complete answer
    """
    sent = {**_HEADERS, **headers}
    request = _Request(method, url, auth, sent, max_bytes, _body(payload))
    status, received, body = _exchange(request, deadline)
    return HttpAnswer(status, received, _text_of(body))


def download(url: str, deadline: Deadline, max_bytes: int) -> tuple[int, bytes]:
    """Return the status of an answer, and a file.

    :raise LLMError: if there is no complete answer
    """
    headers = {**_HEADERS, "Accept": "*/*"}
    request = _Request("GET", url, KeyAuth("none", ""), headers, max_bytes)
    status, _received, body = _exchange(request, deadline)
    return status, body


def _exchange(
    request: _Request, deadline: Deadline
) -> tuple[int, Mapping[str, str], bytes]:
    try:
        return _send(request, deadline)
    except (
        requests.RequestException,
        HTTPError,
        http.client.HTTPException,
        OSError,
        ValueError,
    ) as exception:
        failure = _failure(exception, deadline)
    # Outside of the handler: the exception contains the request with its key.
    raise failure


def _text_of(body: bytes) -> str:
    encoding = json.detect_encoding(body) if _WIDE.match(body) else "utf-8"
    text = body.decode(encoding, "replace").lstrip("\ufeff")
    return text.replace("\0", "")


def _body(payload: Mapping[str, object] | None) -> str | None:
    try:
        return json.dumps(payload, allow_nan=False) if payload else None
    except (TypeError, ValueError) as exception:
        raise LLMError("bad_request", f"options: {exception}") from None


def check_url(url: str, placeholders: Iterable[str] = ()) -> None:
    """Raise an :class:`LLMError` for a URL with credentials, a query or a fragment.

    :param placeholders: words that must have been replaced
    """
    for word in placeholders:
        if word in url:
            detail = f"{word} in the base URL"
            reason, values = "placeholder", {"name": word}
            raise LLMError("bad_request", detail, reason=reason, values=values)
    if not _is_plain(url):
        raise LLMError("bad_request", "unusable base URL", reason="base_url")


def _is_plain(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _port = parts.port  # raises an error unless it is a number in range
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_web and not set(url) & set(" \\@?#")


def _send(
    request: _Request, deadline: Deadline
) -> tuple[int, Mapping[str, str], bytes]:
    if deadline.passed:
        raise TimeoutError("deadline passed before the request")
    with requests.Session() as session:
        adapter = WatchedAdapter(deadline)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        response = session.request(
            request.method,
            request.url,
            data=request.data,
            auth=request.auth,
            headers=request.headers,
            timeout=deadline.remaining,
            allow_redirects=False,
            stream=True,
        )
        with response:
            body = _read(response, request.max_bytes)
    if deadline.passed:
        # An answer that the timer cut off may look complete.
        raise TimeoutError("deadline passed while reading")
    return response.status_code, response.headers, body


def _read(response: requests.Response, max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise LLMError(
                "unusable",
                f"more than {max_bytes} bytes",
                reason="too_big",
                http_status=response.status_code,
            )
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and response.raw.tell() < int(announced):
        raise ConnectionResetError(f"{response.raw.tell()} of {announced} bytes")
    return bytes(body)


# The first match along the chain of causes wins.
_VERDICTS: tuple[tuple[type[BaseException], str, str], ...] = (
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


def _failure(exception: BaseException, deadline: Deadline) -> LLMError:
    if deadline.cancelled:
        return LLMError(deadline.code, deadline.cancelled)
    causes = list(_causes(exception))
    slow = (TimeoutError, requests.Timeout)
    if deadline.passed or any(isinstance(cause, slow) for cause in causes):
        return LLMError("timeout", f"no answer within {deadline.seconds:g} s")
    detail = f"{type(causes[-1]).__name__}: {causes[-1]}"
    for kind, code, reason in _VERDICTS:
        if any(isinstance(cause, kind) for cause in causes):
            return LLMError(code, detail, reason=reason)
    return LLMError("bad_request", detail)


def _causes(exception: BaseException) -> Iterator[BaseException]:
    """Yield an exception and its causes, outermost first, however they are linked."""
    seen: set[int] = set()
    queue = [exception]
    while queue:
        cause = queue.pop(0)
        if id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            links = (*cause.args, getattr(cause, "reason", None), cause.__cause__)
            queue += [link for link in links if isinstance(link, BaseException)]
