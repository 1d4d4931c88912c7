# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every message that is stored or that follows from a code: a key and its values.

The table says for each key what happened and what to do about it. Stored is only the
key with its values, so that each reader gets the message in their own language, with
a remedy that they can apply themselves. An addon adds messages with :func:`register`.
"""

from .message import Message, Wording
from .names import value_of
from .rendering import as_json, cause, failure_message, note_message, render
from .table import MESSAGES, register

__all__ = [
    "MESSAGES",
    "Message",
    "Wording",
    "as_json",
    "cause",
    "failure_message",
    "note_message",
    "register",
    "render",
    "value_of",
]
