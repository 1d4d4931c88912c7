# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One call: the request, and its answer in the making."""

import json
import random
import selectors
import socket
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from .checks import Json, line_of, texts_of
from .composer import Composer, translated
from .pictures import Painter, painter_of
from .protocols import Anthropic, OpenAI, Protocol
from .unsplash import ROOT, Unsplash

Spoken: TypeAlias = Protocol | Painter | type[Unsplash]


class Allowance:
    """The calls that a server took, shared by all of them."""

    def __init__(self) -> None:
        self._taken: list[float] = []
        self._lock = threading.Lock()

    def take(self, most: int, seconds: float) -> float:
        """Take a call if there were fewer than ``most`` within ``seconds``.

        :return: 0, or the seconds until the next call can be taken
        """
        now = time.monotonic()
        with self._lock:
            recent = [taken for taken in self._taken if taken > now - seconds]
            if len(recent) >= most:
                return recent[-most] + seconds - now
            self._taken = [*recent, now]
            return 0.0


class ClientGone(Exception):
    """The client closed the connection, or the server is being closed."""


class Call:
    """A request and its answer in the making.

    Received: ``method``, ``path``, ``query``, ``headers`` (names in lower case),
    ``body`` (parsed JSON, or None), ``fields`` (the same, or nothing), ``key``,
    ``model``, ``topic``, ``network`` (if copy for a single one is requested), ``ideas``
    (their number, if they are requested), ``headings`` (the same for an outline),
    ``section`` (heading of the first one, if a new version is requested), ``time``
    (UNIX seconds), ``nth`` (calls of this model for this topic, this one included) and
    ``allowance`` (of the server).

    Answered: ``status``; ``seconds`` until then, or None while there is no answer.

    For the behaviours: ``article`` (its fields; empty without a topic), ``file`` (of a
    picture; empty for a good one), ``wrap`` (text
    -> text), ``finish``, ``cached`` and ``reasoning`` (tokens), ``tokens_out`` (None
    counts the text), ``encode`` (payload -> body of the answer) and ``deliver`` (head,
    body -> None).
    """

    def __init__(
        self,
        connection: socket.socket,
        method: str,
        path: str,
        headers: Mapping[str, str],
        raw: bytes,
        seed: int = 0,
    ) -> None:
        self.time = time.time()
        self._started = self._due = time.monotonic()
        self.method, self.path, self.headers = method, path.partition("?")[0], headers
        self.query = path.partition("?")[2]
        self.body = parse(raw)
        self.fields: Json = self.body or {}
        self.protocol: Protocol = OpenAI
        if self.path.endswith("/messages") or "anthropic-version" in headers:
            self.protocol = Anthropic
        self.painter = painter_of(self.path)
        self.is_photo = self.path.startswith(ROOT)
        self.key = self.spoken.key(headers)
        self.model = str(self.fields.get("model") or "") or model_in(self.path)
        self.topic = line_of(self.fields, "Topic")
        self.network = line_of(self.fields, "Network").lower()
        self.ideas = line_of(self.fields, "Ideas")
        self.headings = line_of(self.fields, "Headings")
        self.section = line_of(self.fields, "Section 1")
        self.nth = 0
        self.allowance = Allowance()
        self.seconds: float | None = None

        self.status = 200
        self.reply_headers = {"Content-Type": "application/json"}
        self.composer = Composer(self.topic, seed)
        # Copy for a single network is taken from a whole article.
        self.article: Json = {**self.composer.article()} if self.topic else {}
        if texts := texts_of(self.fields):
            self.article = translated(texts)
        self.file = b""
        self.wrap: Callable[[str], str] = str
        self.finish = "stop"
        self.cached = self.reasoning = 0
        self.tokens_out: int | None = None
        self.encode: Callable[[Any], str | bytes] = json.dumps
        self.deliver: Callable[[bytes, bytes], None] | None = None

        self._seed = seed
        self._connection = connection
        self._gate, self._gate_key = socket.socketpair()

    @property
    def spoken(self) -> Spoken:
        """The protocol of the request: for texts, pictures or photos."""
        return Unsplash if self.is_photo else self.painter or self.protocol

    @property
    def rng(self) -> random.Random:
        """A generator that depends on the call, never on the order of threads."""
        return random.Random(f"{self._seed}/{self.model}/{self.topic}/{self.nth}")

    def wait(self, seconds: float | None, releasable: bool = True) -> None:
        """Wait until the time is over or the test releases the call.

        The time in which this server computes the answer is part of it.

        :param seconds: None waits for the release alone
        :raise ClientGone: the client left
        """
        if seconds is not None:
            self._due += seconds
            seconds = max(self._due - time.monotonic(), 0.0)
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ)
            if releasable:
                selector.register(self._gate, selectors.EVENT_READ)
            ready = [key.fileobj for key, _events in selector.select(seconds)]
        # A client sends nothing before its answer: readable means closed.
        if self._connection in ready:
            raise ClientGone

    def wait_for_release(self) -> None:
        """Wait until the test releases the call. Waits that follow take their time."""
        self.wait(None)
        self._gate.recv(1)

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def drip(self, data: bytes, seconds: float) -> None:
        """Send one byte every ``seconds``."""
        for position in range(len(data)):
            self.send(data[position : position + 1])
            self.wait(seconds)

    def change(self, edit: Callable[[Json], object]) -> None:
        """Let ``edit`` modify the payload in place before it is encoded."""

        def encode(payload: Json) -> str:
            edit(payload)
            return json.dumps(payload)

        self.encode = encode

    def stop_clock(self) -> None:
        self.seconds = time.monotonic() - self._started

    def open_gate(self) -> None:
        self._gate_key.send(b"o")

    def close_gate(self) -> None:
        self._gate.close()
        self._gate_key.close()


def model_in(path: str) -> str:
    """Return the model that a path of Google's protocol names, or an empty text."""
    model = path.rpartition("/models/")[2].removesuffix(":generateContent")
    return unquote(model) if path.endswith(":generateContent") else ""


def parse(raw: bytes) -> Json | None:
    """Return the JSON object in ``raw``, or None, which the check refuses."""
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
