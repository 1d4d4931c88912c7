# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Errors that the two services answer with."""

from dataclasses import dataclass, field

# kind: (status, type, code) in OpenAI's words, (status, type) in Anthropic's.
OPENAI_FAULTS: dict[str, tuple[int, str, str | int | None]] = {
    "authentication": (401, "invalid_request_error", "invalid_api_key"),
    "permission": (403, "invalid_request_error", "model_not_allowed"),
    "quota": (429, "insufficient_quota", "insufficient_quota"),
    "credit": (402, "invalid_request_error", 402),
    "rate_limit": (429, "requests", "rate_limit_exceeded"),
    "overloaded": (503, "server_error", "service_unavailable"),
    "server_error": (500, "server_error", None),
    "bad_request": (400, "invalid_request_error", None),
    "not_found": (404, "invalid_request_error", "model_not_found"),
    "moderation": (400, "image_generation_user_error", "moderation_blocked"),
}
ANTHROPIC_FAULTS: dict[str, tuple[int, str]] = {
    "authentication": (401, "authentication_error"),
    "permission": (403, "permission_error"),
    "quota": (402, "billing_error"),
    "credit": (400, "invalid_request_error"),
    "rate_limit": (429, "rate_limit_error"),
    "overloaded": (529, "overloaded_error"),
    "server_error": (500, "api_error"),
    "bad_request": (400, "invalid_request_error"),
    "not_found": (404, "not_found_error"),
    "moderation": (400, "invalid_request_error"),
}


@dataclass
class Fault(Exception):
    """An error answer in the making; the protocol gives it its shape.

    :param kind: a key of the tables above
    :param headers: added to those of the answer
    :param status: overrides the table's
    """

    kind: str
    message: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    param: str | None = None


def bad(message: str, param: str | None = None) -> Fault:
    return Fault("bad_request", message, param=param)
