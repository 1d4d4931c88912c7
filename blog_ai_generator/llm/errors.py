# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one error of this package, and every key it can have."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .secrets import DETAIL_LIMIT, scrub
from .text import storable
from .types import CallRecord, Refusal, Usage

# Codes of failures that may pass without anybody's help.
RETRYABLE = frozenset(
    ("rate_limit", "overloaded", "timeout", "connection", "truncated", "unusable")
)
# Seconds. A wait that is longer is left to a person.
LONGEST_RETRY_AFTER = 6 * 3600

# "code", or "code.reason" where the remedy differs, with the names of the values.
ERROR_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "authentication": (),
        "authentication.missing": (),
        "authentication.malformed": (),
        "permission": (),
        "permission.data_policy": (),
        "permission.unverified": (),
        "quota": (),
        # ``date`` in ISO 8601: the provider gives access again on that day.
        "quota.date": ("date",),
        "rate_limit": (),
        # ``count`` hours or days to wait.
        "rate_limit.hours": ("count",),
        "rate_limit.days": ("count",),
        "overloaded": (),
        "overloaded.cooldown": (),
        "overloaded.no_key": (),
        "timeout": (),
        "cancelled": (),
        "stopped": (),
        "connection": (),
        "connection.dns": (),
        "connection.refused": (),
        "connection.tls": (),
        "connection.proxy": (),
        "connection.closed": (),
        "refused": (),
        "truncated": (),
        "truncated.thinking": (),
        "truncated.limit": (),
        "truncated.context": (),
        "unusable": (),
        "unusable.empty": (),
        "unusable.short": (),
        "unusable.long": (),
        "unusable.repetition": (),
        "unusable.incomplete": (),
        "unusable.key": (),
        # ``found`` is an ISO 639 code, ``script`` an ISO 15924 code, ``wanted`` the
        # language as it was requested.
        "unusable.language": ("found", "wanted"),
        "unusable.script": ("script", "wanted"),
        "unusable.no_api": (),
        "unusable.too_big": (),
        "unusable.no_picture": (),
        "unusable.large_picture": (),
        "bad_request": (),
        "bad_request.not_found": (),
        "bad_request.not_chat": (),
        "bad_request.too_large": (),
        "bad_request.output_limit": (),
        # Tokens a minute: of the plan, and for one request.
        "bad_request.plan": ("limit", "requested"),
        "bad_request.redirect": (),
        "bad_request.base_url": (),
        # ``name`` is a word in the base URL that nobody has replaced.
        "bad_request.placeholder": ("name",),
        "bad_request.no_model": (),
        "bad_request.no_topic": (),
        "bad_request.no_list": (),
        "bad_request.no_pictures": (),
        "bad_request.protocol": (),
    }
)


class LLMError(Exception):
    """The failure of a call, as a code with a reason and values.

    :param code: a key of :data:`ERROR_KEYS` without a dot
    :param detail: technical text for administrators
    :param reason: narrows ``code`` down: :attr:`key` is "code.reason"
    :param values: plain strings by the names that :data:`ERROR_KEYS` lists
    :param retry_after: seconds that the provider asks to wait, if it does
    :param http_status: of the provider's answer, if there was one
    :param request_id: the provider's own number of the request

    ``earlier`` are the requests that were refused before in the same call, ``calls``
    the records of all requests; both are empty until the error leaves the writer.
    ``usage`` are the tokens of an answer of which nothing else can be used.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        reason: str = "",
        values: Mapping[str, str] | None = None,
        retry_after: float | None = None,
        http_status: int | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(code, detail)
        self.code = code
        self.reason = reason
        self.detail = storable(detail)[:DETAIL_LIMIT]
        self.values = {k: storable(value) for k, value in (values or {}).items()}
        self.retry_after = retry_after
        self.http_status = http_status
        self.request_id = storable(request_id)
        self.usage = Usage()
        self.earlier: tuple[Refusal, ...] = ()
        self.calls: tuple[CallRecord, ...] = ()

    def __str__(self) -> str:
        return f"{self.key}: {self.detail}" if self.detail else self.key

    __repr__ = __str__

    @property
    def key(self) -> str:
        """The code, with the reason behind a dot if there is one."""
        return f"{self.code}.{self.reason}" if self.reason else self.code

    @property
    def retryable(self) -> bool:
        """True if the same request may succeed later without help."""
        return self.code in RETRYABLE

    def refusal(self, milliseconds: int) -> Refusal:
        return Refusal(
            self.code, self.detail, self.http_status, self.request_id, milliseconds
        )

    def follow(self, refusal: Refusal) -> None:
        self.earlier = (refusal, *self.earlier)

    def close(self, calls: Sequence[CallRecord], key: str) -> None:
        """Attach the records of all requests and take the API key out of all texts."""
        self.calls = tuple(calls)
        self.detail = scrub(self.detail, key)
        self.request_id = scrub(self.request_id, key)
        self.args = (self.code, self.detail)
        self.earlier = ()
