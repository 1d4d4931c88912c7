# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One call: what was received, how it is answered, and how it waits."""

import json
import random
import re
import selectors
import socket
import time
from http.client import responses

from . import behaviours
from .composer import Composer
from .protocols import Anthropic, Fault, OpenAI, Written, all_text, line_of

PATH = re.compile(
    r"(?:/v1|/api/v1|/v1beta/openai|/openai/v1)/(chat/completions|messages|models)"
)
ROUTES = {
    ("POST", "chat/completions"),
    ("POST", "messages"),
    ("GET", "models"),
}
TOKENS_PER_WORD = 1.33


class ClientGone(Exception):
    """The other side closed the connection, or the server is being closed."""


class Call:
    """A request and its answer in the making.

    Received: ``method``, ``path``, ``headers`` (names in lower case), ``body`` (parsed
    JSON, or None), ``key``, ``model``, ``topic``, ``network`` (when copy for that one
    is asked for), ``time`` (UNIX seconds), ``nth`` (how many calls this model has had
    for this topic, this one included).

    Answered: ``status``; ``seconds`` until then, or None while there is no answer.

    The other attributes are for the behaviours: ``article`` (fields, empty without a
    topic), ``wrap`` (text -> text), ``finish``, ``cached``, ``reasoning`` (tokens),
    ``encode`` (payload -> body of the answer) and ``deliver`` (head, body -> None).
    """

    def __init__(self, server, connection, method, path, headers, raw):
        self.time = time.time()
        self.method, self.path, self.headers = method, path.partition("?")[0], headers
        self.body = parse(raw)
        self.protocol = OpenAI
        if self.path.endswith("/messages") or "anthropic-version" in headers:
            self.protocol = Anthropic
        self.key = self.protocol.key(headers)
        self.model = str((self.body or {}).get("model") or "")
        self.topic = line_of(self.body or {}, "Topic")
        self.network = line_of(self.body or {}, "Network").lower()
        self.nth = 0
        self.seconds = None

        self.status = 200
        self.reply_headers = {"Content-Type": "application/json"}
        self.composer = Composer(self.topic, server.seed)
        # Another copy is composed like an article, of which it is then a part.
        self.article = self.composer.article() if self.topic else {}
        self.wrap = str
        self.finish = "stop"
        self.cached = self.reasoning = 0
        self.encode = json.dumps
        self.deliver = None

        self._server = server
        self._connection = connection
        self._started = time.monotonic()
        self._gate, self._gate_key = socket.socketpair()

    @property
    def rng(self):
        """A generator that depends on the call, never on the order of threads."""
        return random.Random(
            f"{self._server.seed}/{self.model}/{self.topic}/{self.nth}"
        )

    def serve(self) -> bool:
        """Answer, and return whether the connection can be used again.

        :raise ClientGone: the client did not wait for the answer
        """
        body = self._body()
        if isinstance(body, str):
            body = body.encode()
        head = self._head(len(body))
        if self.deliver:
            self.deliver(head, body)
            return False
        # The call ends before its last byte is sent: a client that sends its next
        # one at once must not be counted twice.
        self.seconds = time.monotonic() - self._started
        self._server.ended(self)
        self.send(head + body)
        return True

    # For the behaviours

    def wait(self, seconds, releasable=True):
        """Wait until the time is over, the test releases, or the client leaves."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ)
            if releasable:
                selector.register(self._gate, selectors.EVENT_READ)
            ready = [key.fileobj for key, _events in selector.select(seconds)]
        # A client has nothing to send before its answer: readable means closed.
        if self._connection in ready:
            raise ClientGone

    def send(self, data):
        self._connection.sendall(data)

    def drip(self, data, seconds):
        """Send one byte every so many seconds."""
        for position in range(len(data)):
            self.send(data[position : position + 1])
            self.wait(seconds)

    def change(self, edit):
        """Let ``edit`` modify the payload in place before it is encoded."""

        def encode(payload):
            edit(payload)
            return json.dumps(payload)

        self.encode = encode

    # For the server

    def open_gate(self):
        self._gate_key.send(b"o")

    def close_gate(self):
        self._gate.close()
        self._gate_key.close()

    # The answer

    def _body(self):
        """Return the body of the answer; status and headers are set on the way."""
        number = self.rng.getrandbits(80)
        request_id = f"{self.protocol.request_id_prefix}{number:020x}"
        self.reply_headers[self.protocol.request_id_header] = request_id
        try:
            # Two steps: the payload's behaviours choose the encoding.
            payload = self._payload(number)
            return self.encode(payload)
        except Fault as fault:
            self.status, payload = self.protocol.error(fault, request_id)
            self.reply_headers.update(fault.headers)
            return json.dumps(payload)

    def _payload(self, number):
        found = PATH.fullmatch(self.path)
        if not found or (self.method, found[1]) not in ROUTES:
            raise Fault("not_found", f"Unknown request: {self.method} {self.path}")
        self._check_key()
        asked = self.method == "POST"
        if asked:
            self.protocol.check(self.body, self.headers)
        names = self.model if asked else "good"
        if self.key.startswith("as-"):
            names = self.key[3:]
        behaviours.apply(names, self)
        if not asked:
            return self.protocol.models(behaviours.examples())
        dated = f"{self.model}-2026-10-01"
        return self.protocol.reply(dated, self._written(), number)

    def _check_key(self):
        # The message repeats the key, as a careless service would: it must not
        # reach any log on the other side.
        if not self.key or self.key.startswith("bad"):
            raise Fault("authentication", f"Incorrect API key provided: {self.key}")
        if self.key.startswith("forbidden"):
            raise Fault("permission", f"The key {self.key} may not use this model")

    def _written(self):
        text = "OK"
        if self.article:
            wanted = self._copy() if self.network else self.article
            text = json.dumps(wanted, ensure_ascii=False)
        text = self.wrap(text)
        limit = self.protocol.limit(self.body)
        if limit and count_tokens(text) > limit:
            kept = re.findall(r"\s*\S+", text)[: int(limit / TOKENS_PER_WORD)]
            text, self.finish = "".join(kept), "length"
        return Written(
            text=text,
            finish=self.finish,
            tokens_in=count_tokens(all_text(self.body)) + self.cached,
            tokens_out=count_tokens(text) + self.reasoning,
            cached=self.cached,
            reasoning=self.reasoning,
        )

    def _copy(self):
        """Copy for one network, each time another one."""
        copy = self.article.get(self.network)
        is_text = copy and isinstance(copy, str)
        return {"text": f"Version {self.nth}: {copy}" if is_text else copy}

    def _head(self, length):
        self.reply_headers.setdefault("Content-Length", str(length))
        if "Transfer-Encoding" in self.reply_headers:
            del self.reply_headers["Content-Length"]
        lines = [f"HTTP/1.1 {self.status} {responses.get(self.status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in self.reply_headers.items()]
        return "\r\n".join((*lines, "", "")).encode("latin-1")


def count_tokens(text: str) -> int:
    """Estimate: 1.33 tokens a word, at least one. The real count of a composed
    article (o200k_base) is about 5 % lower.
    """
    return max(1, round(len(text.split()) * TOKENS_PER_WORD))


def parse(raw):
    """Return the JSON object in ``raw``, or None: the check will complain."""
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
