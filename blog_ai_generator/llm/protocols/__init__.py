# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The wire formats; ``register("mine", MyAdapter())`` adds one."""

from ..errors import LLMError
from ..types import Account
from .anthropic_messages import AnthropicMessages
from .base import Adapter, HttpAdapter
from .offline import Offline
from .openai_chat import OpenAIChat

__all__ = ["Adapter", "HttpAdapter", "PROTOCOLS", "adapter_of", "register"]

PROTOCOLS: dict[str, Adapter] = {}


def register(name: str, adapter: Adapter) -> None:
    """Use ``adapter`` for accounts with the protocol ``name``.

    One object serves all threads, so it must keep nothing of a call.
    """
    PROTOCOLS[name] = adapter


def adapter_of(account: Account) -> Adapter:
    """Return the adapter of an account's protocol.

    :raise LLMError: if nobody registered one
    """
    try:
        return PROTOCOLS[account.protocol]
    except KeyError:
        detail = f"unknown protocol {account.protocol!r}"
        raise LLMError("bad_request", detail, reason="protocol") from None


register("openai_chat", OpenAIChat())
register("anthropic_messages", AnthropicMessages())
register("offline", Offline())
