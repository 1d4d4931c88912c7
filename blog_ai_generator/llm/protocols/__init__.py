# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The wire formats. An integrator adds one with ``register("mine", MyAdapter())``."""

from ..errors import LLMError
from .anthropic_messages import AnthropicMessages
from .base import Adapter, HttpAdapter
from .offline import Offline
from .openai_chat import OpenAIChat

__all__ = ["Adapter", "HttpAdapter", "PROTOCOLS", "adapter_of", "register"]

PROTOCOLS = {}


def register(name, adapter):
    """Make ``adapter`` answer for accounts with the protocol ``name``.

    One object serves all threads, so it must keep nothing of a call.
    """
    PROTOCOLS[name] = adapter


def adapter_of(account):
    """The adapter of an account's protocol."""
    try:
        return PROTOCOLS[account.protocol]
    except KeyError:
        detail = f"unknown protocol {account.protocol!r}"
        raise LLMError("bad_request", detail, reason="protocol") from None


register("openai_chat", OpenAIChat())
register("anthropic_messages", AnthropicMessages())
register("offline", Offline())
