# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A prompt as people see it: exactly what an adapter sends."""

import json
from typing import NamedTuple

from .presets import preset_of
from .prompt import article_prompt
from .protocols.base import answer_format
from .tokens import estimated_tokens
from .translation import texts_in, translation_prompt
from .translation_types import TranslationRequest
from .types import Account, ArticleRequest


class Shown(NamedTuple):
    """The parts of a prompt.

    :param system: the rules, the same for every request of a kind
    :param user: what is asked for
    :param form: the JSON schema of the answer; empty where none is sent
    """

    system: str
    user: str
    form: str

    @property
    def tokens(self) -> int:
        return sum(map(estimated_tokens, self))


def shown(request: ArticleRequest | TranslationRequest, account: Account) -> Shown:
    """Return the prompt that is sent for an article or a translation."""
    if isinstance(request, TranslationRequest):
        prompt = translation_prompt(request, account.max_output_tokens)
    else:
        prompt = article_prompt(request, account.max_output_tokens)
    has_form = answer_format(account, preset_of(account)) == "json_schema"
    return Shown(
        prompt.system, prompt.user, json.dumps(prompt.schema) if has_form else ""
    )


def shown_translation(user: str, account: Account) -> Shown:
    """Return the prompt of a translation of which the user's part was kept."""
    request = TranslationRequest(topic="", fields=texts_in(user))
    return shown(request, account)._replace(user=user)
