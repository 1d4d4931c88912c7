# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Base classes of the adapters, and functions that read untrusted JSON."""

import json
import math
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..deadline import Deadline
from ..errors import LLMError
from ..finish import Finish
from ..model_list import read_models
from ..output_limit import allowed_limit
from ..presets import Preset, preset_of
from ..text import storable
from ..transport import MAX_BYTES, HttpAnswer, KeyAuth, check_url, exchange
from ..types import RESERVED_OPTIONS, Account, ModelInfo, Note, Prompt, Reply, Usage
from ..verdict import from_response, request_id

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
TOKEN_FIELDS = frozenset(("max_tokens", "max_completion_tokens"))

# Tokens. No request has more; the sum of a few requests must fit into a column.
COUNT_LIMIT = 100_000_000
# Parts of a message that are meant to be read; thoughts have other types.
_TEXT_TYPES = ("text", "output_text")

# Keys that contain the text of a model, beside an error.
_WRITTEN = frozenset(("choices", "content", "delta", "text"))

# The JSON body of a request; adapters and options may add any field to it.
Payload = dict[str, object]


class Adapter(ABC):
    """A wire format: the interface that an integrator implements."""

    @abstractmethod
    def complete(self, prompt: Prompt, account: Account, deadline: Deadline) -> Reply:
        """Send ``prompt`` and return the answer.

        :raise LLMError: if there is none
        """

    def draw(self, prompt: Prompt, account: Account, deadline: Deadline) -> Reply:
        """Return an answer with the files of pictures.

        :raise LLMError: also if the protocol makes none
        """
        raise LLMError("bad_request", "no pictures", reason="no_pictures")

    def list_models(
        self, account: Account, deadline: Deadline
    ) -> Sequence[str | ModelInfo]:
        """Return the models that the account may use, or their names.

        :raise LLMError: also if the protocol cannot list them
        """
        raise LLMError("bad_request", "no list of models", reason="no_list")


class HttpAdapter(Adapter):
    """JSON over HTTP: the common part of the real protocols."""

    path = ""
    models_path = "/models"
    # Fields without which the request makes no sense.
    required = frozenset(("model", "messages", "system"))
    # An answer that is longer is refused.
    max_bytes = MAX_BYTES
    # Instead of the preset's way to send the key.
    auth = ""

    @abstractmethod
    def payload(self, prompt: Prompt, account: Account, preset: Preset) -> Payload:
        """Return the JSON body to send."""

    @abstractmethod
    def reply(self, answer: HttpAnswer, data: Mapping[str, object]) -> Reply:
        """Return the reply from ``data``, the JSON object of an HTTP answer."""

    def usage(self, data: Mapping[str, object]) -> Usage:
        """Return the tokens of an answer, also of one that is no reply."""
        return Usage()

    def complete(self, prompt: Prompt, account: Account, deadline: Deadline) -> Reply:
        if not account.model.strip():
            raise LLMError("bad_request", "no model", reason="no_model")
        payload = self._with_options(prompt, account)
        started = time.monotonic()
        try:
            return self.send(payload, account, deadline)
        except LLMError as error:
            milder, notes = self.soften(payload, error)
            if not notes:
                raise
            refusal = error.refusal(int((time.monotonic() - started) * 1000))
        try:
            reply = self.send(milder, account, deadline)
        except LLMError as error:
            error.follow(refusal)
            raise
        return replace(reply, earlier=(refusal,), notes=notes + reply.notes)

    def _with_options(self, prompt: Prompt, account: Account) -> Payload:
        payload = self.payload(prompt, account, preset_of(account))
        for name, value in account.options.items():
            if name in RESERVED_OPTIONS:
                continue
            if value is None:
                payload.pop(name, None)
            else:
                payload[name] = value
        return payload

    def endpoint(self, account: Account) -> tuple[str, str]:
        """Return the base URL of a request for an answer, and the path behind it."""
        return account.base_url, self.path

    def send(self, payload: Payload, account: Account, deadline: Deadline) -> Reply:
        base_url, path = self.endpoint(account)
        account = replace(account, base_url=base_url)
        answer, data = self.request("POST", path, account, deadline, payload)
        try:
            reply = self.reply(answer, data)
        except LLMError as error:
            error.usage = self.usage(data)
            raise
        # Behind a gateway, a usage that is missing arrives as zeros.
        counted = reply.usage.tokens_in or reply.usage.tokens_out
        notes = () if counted else (Note("usage_missing"),)
        return replace(
            reply,
            model=one_line(data.get("model")),
            http_status=answer.status,
            request_id=request_id(answer.headers) or one_line(data.get("id")),
            notes=reply.notes + notes,
        )

    def request(
        self,
        method: str,
        path: str,
        account: Account,
        deadline: Deadline,
        payload: Payload | None = None,
    ) -> tuple[HttpAnswer, Mapping[str, object]]:
        """Return a good answer and its JSON object.

        :raise LLMError: for any other answer, and if there is none
        """
        preset = preset_of(account)
        if preset.needs_key and not account.api_key.strip():
            raise LLMError("authentication", "no key", reason="missing")
        base_url = account.base_url.strip()
        check_url(base_url, preset.placeholders)
        auth = KeyAuth(self.auth or preset.auth, account.api_key)
        url = base_url.rstrip("/") + path
        headers = preset.extra_headers
        answer = exchange(method, url, auth, headers, deadline, payload, self.max_bytes)
        if answer.status >= 300:
            raise self._refusal(answer, account, preset)
        data = answer.json()
        if data.get("error"):
            raise reported(answer, data)
        return answer, data

    def _refusal(
        self, answer: HttpAnswer, account: Account, preset: Preset
    ) -> LLMError:
        error = from_response(answer.status, answer.headers, answer.text)
        has_key = bool(account.api_key.strip())
        is_plain = answer.text.lstrip()[:1] not in ("{", "[", "<")
        may_need_key = not has_key and not preset.is_own_server
        if error.code == "authentication" and not has_key:
            error.reason = "missing"
        elif answer.status == 500 and is_plain and may_need_key:
            # LiteLLM fails like this when there is no key at all.
            error.reason = error.reason or "no_key"
        return error

    def soften(
        self, payload: Payload, error: LLMError
    ) -> tuple[Payload, tuple[Note, ...]]:
        """Return ``payload`` without the optional fields that ``error`` refuses.

        :return: with a note for each field; no notes if the error names none of them
        """
        milder: Payload = dict(payload)
        notes: list[Note | None] = []
        if error.code == "bad_request" and error.http_status in (400, 404, 422):
            text = error.detail.lower()
            optional = (payload.keys() - self.required) | TOKEN_FIELDS & payload.keys()
            names = [name for name in payload if name in optional]
            notes = [self.without(milder, name, text) for name in names]
        return milder, tuple(note for note in notes if note)

    def without(self, payload: Payload, name: str, text: str) -> Note | None:
        """Remove ``name`` from ``payload`` if ``text`` refuses it; return a note."""
        if name in TOKEN_FIELDS:
            return self.lower_limit(payload, name, text)
        if not mentions(text, name):
            return None
        del payload[name]
        return refused(name)

    def lower_limit(self, payload: Payload, name: str, text: str) -> Note | None:
        """Lower the output limit to what ``text`` allows; return a note."""
        sent = payload[name]
        allowed = allowed_limit(text, sent) if isinstance(sent, int) else None
        if not allowed:
            return None
        payload[name] = allowed
        names = {"name": f"{name} = {sent}", "other": f"{name} = {allowed}"}
        return Note("parameter_replaced", names)

    def list_models(
        self, account: Account, deadline: Deadline
    ) -> tuple[ModelInfo, ...]:
        answer, data = self.request("GET", self.models_path, account, deadline)
        models = data.get("data")
        if not isinstance(models, list):
            raise answer.unusable("no list of models")
        return read_models(models)


def reported(answer: HttpAnswer, holder: Mapping[str, object]) -> LLMError:
    """Return the error that an answer with a good status contains.

    :param holder: the object with the error; what the model wrote beside it may sound
        like one
    """
    said = {name: value for name, value in holder.items() if name not in _WRITTEN}
    if isinstance(said.get("message"), dict):
        del said["message"]
    return from_response(200, answer.headers, json.dumps(said))


def answer_format(account: Account, preset: Preset) -> str:
    """Return the format to ask for: ``json_schema``, ``json_object`` or another."""
    if account.answer_format == "auto":
        return preset.schema_mode
    return account.answer_format


def mentions(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text))


def unknown_finish(finish: Finish) -> tuple[Note, ...]:
    return () if finish.is_known else (Note("finish_unknown", {"name": finish.words}),)


def refused(name: str) -> Note:
    return Note("parameter_omitted", {"name": name})


def refused_token_field(
    payload: Payload, name: str, other: str, text: str
) -> Note | None:
    """Rename the output limit, or drop it when only its value is too large."""
    if not mentions(text, name):
        return None
    value = payload.pop(name)
    if mentions(text, other) or _UNKNOWN_FIELD.search(text):
        payload[other] = value
        return Note("parameter_replaced", {"name": name, "other": other})
    return refused(f"{name} = {value}")


def one_line(value: object) -> str:
    """Return a name that a server sent, fit for a log."""
    return " ".join(storable(value).split())[:200] if isinstance(value, str) else ""


def count(*values: object) -> int:
    """Return the first number of tokens; 0 if a server sent anything else."""
    for value in values:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # An integer may be beyond what `math` takes; infinity and NaN are none.
            is_finite = isinstance(value, int) or math.isfinite(value)
            return int(min(max(value, 0), COUNT_LIMIT)) if is_finite else 0
    return 0


def money(value: object) -> float | None:
    """Return an amount; None if a server sent anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if 0 <= value < 1e9 else None
    return None


def mapping(value: object) -> Mapping[str, object]:
    """Return a JSON object; an empty one if a server sent anything else."""
    return value if isinstance(value, dict) else {}


def joined_text(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        text = content.get("text")
        return text if isinstance(text, str) else as_json(content)
    if not isinstance(content, list):
        return ""
    texts = (
        part.get("text")
        for part in content
        if isinstance(part, dict) and part.get("type", "text") in _TEXT_TYPES
    )
    return "".join(text for text in texts if isinstance(text, str))


def as_json(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, dict) and value else ""
