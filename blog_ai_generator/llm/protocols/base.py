# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
import re
import time
from abc import ABC, abstractmethod
from dataclasses import replace

from ..errors import LLMError, request_id
from ..presets import preset_of
from ..sentence import _lt
from ..transport import KeyAuth, check_url, exchange

# Words in which a server refuses structured output without naming the field.
SCHEMA_WORDS = re.compile(
    r"\b(?:json_schema|json_object|response[ _]format|structured[ _]outputs?"
    r"|additionalproperties|output_config|output_format)\b"
)
# "is not supported", as against "is too large".
_UNKNOWN_FIELD = re.compile(
    r"unsupported|not supported|unrecognized|unknown|extra|not permitted|unexpected"
    r"|deprecated|instead"
)
MAX_MODELS = 5000


class Adapter(ABC):
    """One wire format: what an integrator has to write."""

    @abstractmethod
    def complete(self, prompt, account, deadline):
        """Send ``prompt`` and return the :class:`Reply`; raise :class:`LLMError`."""

    def list_models(self, account, deadline):
        """Names of the models as a tuple, if the protocol can tell."""
        raise LLMError("bad_request", "no list of models", reason="no_list")


class HttpAdapter(Adapter):
    """JSON over HTTP: the common part of the real protocols."""

    path = ""
    models_path = "/models"
    # Fields without which the request makes no sense.
    required = frozenset(("model", "messages", "system"))

    @abstractmethod
    def payload(self, prompt, account, preset):
        """The JSON body to send."""

    @abstractmethod
    def reply(self, answer, data):
        """The :class:`Reply` in the JSON object ``data`` of an HTTP answer."""

    def complete(self, prompt, account, deadline):
        if not account.model.strip():
            raise LLMError("bad_request", "no model", reason="no_model")
        payload = self.payload(prompt, account, preset_of(account))
        for name, value in account.options.items():
            if value is None:
                payload.pop(name, None)
            elif name not in self.required | {"stream"}:
                payload[name] = value
        started = time.monotonic()
        try:
            return self.send(payload, account, deadline)
        except LLMError as error:
            milder, notes = self.soften(payload, error)
            if not notes:
                raise
            refusal = error
            refusal.milliseconds = int((time.monotonic() - started) * 1000)
        try:
            reply = self.send(milder, account, deadline)
        except LLMError as error:
            error.earlier = (refusal,)
            raise
        return replace(reply, earlier=(refusal,), notes=notes + reply.notes)

    def send(self, payload, account, deadline):
        answer = self.request("POST", self.path, account, deadline, payload)
        data = answer.json()
        reply = self.reply(answer, data)
        notes = () if data.get("usage") else (_lt("The provider reported no usage."),)
        return replace(
            reply,
            model=one_line(data.get("model")),
            http_status=answer.status,
            request_id=request_id(answer.headers) or one_line(data.get("id")),
            notes=reply.notes + notes,
        )

    def request(self, method, path, account, deadline, payload=None):
        preset = preset_of(account)
        if preset.needs_key and not account.api_key.strip():
            raise LLMError("authentication", "no key", reason="missing")
        base_url = account.base_url.strip()
        check_url(base_url)
        return exchange(
            method,
            base_url.rstrip("/") + path,
            KeyAuth(preset.auth, account.api_key),
            preset.extra_headers,
            deadline,
            payload,
        )

    def soften(self, payload, error):
        """``payload`` without the optional fields that ``error`` refuses, and notes.

        No notes means that the error names none of them.
        """
        milder, notes = dict(payload), []
        if error.code == "bad_request" and error.http_status in (400, 404, 422):
            text = error.detail.lower()
            optional = [name for name in payload if name not in self.required]
            answers = [self.without(milder, name, text) for name in optional]
            notes = [note for note in answers if note]
        return milder, tuple(notes)

    def without(self, payload, name, text):
        """Take ``name`` out of ``payload`` if ``text`` refuses it; a note, or None."""
        if not mentions(text, name):
            return None
        del payload[name]
        return refused(name)

    def list_models(self, account, deadline):
        answer = self.request("GET", self.models_path, account, deadline)
        models = answer.json().get("data")
        if not isinstance(models, list):
            raise answer.unusable("no list of models")
        names = {
            one_line(model.get("id")) for model in models if isinstance(model, dict)
        }
        return tuple(sorted(names - {""})[:MAX_MODELS])


def mentions(text, name):
    return re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text)


def refused(name):
    """The note on a field that was left out."""
    return _lt("The server refused %(name)s: asked again without it.", name=name)


def refused_token_field(payload, name, other, text):
    """Rename the output limit, or drop it when only its value is too large."""
    if not mentions(text, name):
        return None
    value = payload.pop(name)
    if mentions(text, other) or _UNKNOWN_FIELD.search(text):
        payload[other] = value
        return _lt(
            "The server refused %(name)s: sent %(other)s instead.",
            name=name,
            other=other,
        )
    return refused(f"{name} = {value}")


def one_line(value):
    """A name that a server sent, fit for a log."""
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def count(value):
    """A number of tokens: whatever is not a sane one counts as zero."""
    sane = isinstance(value, int) and not isinstance(value, bool)
    return min(max(value, 0), 2**31 - 1) if sane else 0


def money(value):
    """An amount, or None if a server sent anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) and 0 <= value < 1e9 else None
    return None


def mapping(value):
    return value if isinstance(value, dict) else {}


def joined_text(content):
    """Text of a message: a string, or a list of parts of which some are text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (
        part.get("text")
        for part in content
        if isinstance(part, dict) and part.get("type", "text") == "text"
    )
    return "".join(text for text in texts if isinstance(text, str))
