# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The work that the pump takes from the queue, as plain data."""

from typing import NamedTuple

from .. import llm, pictures
from .prices import Prices


class Claim(NamedTuple):
    """One leased generation, as plain data that may cross threads.

    :param token: names the lease; an answer is stored only while it is still the one
        of the generation
    :param call_id: the ``blog.ai.call`` that was committed before the call
    :param attempt: number of the attempt, from 1
    :param reserved: what the budgets keep free for the call
    :param output_maximum: output tokens that the model can have; 0 if not known
    :param cover: how to draw a cover; None to draw none
    :param source_failed: whether pages to link to could not be read
    """

    generation_id: int
    token: str
    call_id: int
    company_id: int
    provider_id: int
    attempt: int
    prices: Prices
    request: llm.ArticleRequest | llm.TranslationRequest
    account: llm.Account
    reserved: float = 0.0
    output_maximum: int = 0
    cover: pictures.Style | None = None
    source_failed: bool = False
