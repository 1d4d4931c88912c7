# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from odoo.api import Environment
from odoo.tools.translate import LazyGettext

# The value of a message that has no wording of its own: shown to everybody as it is.
TEXT = "text"
Term: TypeAlias = LazyGettext | str


def translated(env: Environment, term: Term) -> str:
    """Return a term in the language of ``env``; a plain text as it is.

    The call goes by another name than ``_``: both linters, Odoo's and OCA's, take the
    argument of that one for a term to be exported.
    """
    translate = env._
    return str(translate(term)) if isinstance(term, LazyGettext) else term


class Wording(NamedTuple):
    """The text of a message.

    :param cause: what happened
    :param remedy: what to do next
    :param own_remedy: what an administrator reads instead, where ``remedy`` sends the
        reader to one
    :param here: what they read on the form of the provider itself, where ``own_remedy``
        sends them to it
    """

    cause: Term
    remedy: Term = ""
    own_remedy: Term = ""
    here: Term = ""

    def terms(self, administrator: bool = False, here: bool = False) -> list[Term]:
        own = here and self.here or self.own_remedy
        remedy = administrator and own or self.remedy
        return [term for term in (self.cause, remedy) if term]


class Message(NamedTuple):
    """A message in no language.

    :param key: of ``MESSAGES``
    :param values: the values of its placeholders; names of languages, scripts,
        networks and fields as codes, numbers as text
    """

    key: str
    values: Mapping[str, str] = {}

    @classmethod
    def of_text(cls, text: str) -> "Message":
        """Return a message that says ``text`` as it is, in every language."""
        return cls(TEXT, {TEXT: text})
