# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The cost of a call: the real one, an estimate, and the worst case."""

from typing import NamedTuple

from ..llm import Usage

MILLION = 1_000_000
# Input tokens of the instructions and the schema that frame each request: 724 at one
# token per two octets, and 420 by OpenAI's o200k, for an article, which has the most.
FRAME_TOKENS = 1000
# UTF-8 octets of the longest prompt of an article that are in no text of its brief and
# voice: labels, the names of blog and tags, and the pages to link to.
BESIDE_OCTETS = 7000
# Output tokens a word of the body, and those beside it: title, SEO and social copy.
TOKENS_A_WORD, TOKENS_BESIDE = 1.5, 500
# Output tokens of an idea: a title of 70 characters and a sentence, in JSON.
TOKENS_AN_IDEA = 60
# A cost that a provider reports is believed up to so many dollars a call, or so many
# times the price of its tokens.
BELIEVED, BELIEVED_TIMES = 50.0, 100
# Characters a token of English prose.
CHARACTERS_A_TOKEN = 4


class Prices(NamedTuple):
    """The prices of a provider, as plain data that may cross threads.

    :param currency_id: currency of the three prices
    :param fresh: of a million input tokens that were not cached
    :param cached: of a million input tokens that were cached
    :param out: of a million output tokens
    :param in_dollars: whether the currency is the US dollar
    :param is_free: whether calls cost nothing, as those of an own server
    """

    currency_id: int
    fresh: float
    cached: float
    out: float
    in_dollars: bool
    is_free: bool = False

    @property
    def are_known(self) -> bool:
        """Return whether there are prices; without any, they are not known."""
        return bool(self.is_free or self.fresh or self.out)

    def cost(self, usage: Usage) -> float | None:
        """Return the cost of a call in the currency of the prices.

        A cost that the provider reports itself is in US dollars; it is used if the
        prices are in dollars as well and it is not beyond belief. Otherwise the cost is
        computed from the tokens.

        :return: None if it is not known
        """
        if usage.cost is not None and self.in_dollars and self.believes(usage):
            return usage.cost
        if self.is_free or not (usage.tokens_in or usage.tokens_out):
            return 0.0
        return self._of(usage) if self.are_known else None

    def believes(self, usage: Usage) -> bool:
        """Return whether the cost that a provider reports, if any, can be true."""
        most = max(self._of(usage) * BELIEVED_TIMES, BELIEVED)
        return not usage.cost or usage.cost <= most

    def _of(self, usage: Usage) -> float:
        """Return the price of tokens; the cached ones are part of the input tokens."""
        fresh = max(usage.tokens_in - usage.tokens_cached, 0)
        return (
            fresh * self.fresh
            + usage.tokens_cached * self.cached
            + usage.tokens_out * self.out
        ) / MILLION

    def estimate(self, words: int, characters: int = 0) -> float | None:
        """Return about what an article costs, without the thoughts of a model.

        :param words: length of the article
        :param characters: length of the brief's texts and of the voice
        :return: None if it is not known
        """
        tokens_in = FRAME_TOKENS // 4 + characters // CHARACTERS_A_TOKEN
        tokens_out = TOKENS_BESIDE + round(words * TOKENS_A_WORD)
        return self.cost(Usage(tokens_in, tokens_out))

    def estimate_translation(self, characters: int) -> float | None:
        """Return about what a translation costs, without the thoughts of a model.

        :param characters: length of the texts; the answer has about as many
        :return: None if it is not known
        """
        tokens = characters // CHARACTERS_A_TOKEN
        return self.cost(Usage(FRAME_TOKENS // 4 + tokens, tokens))

    def estimate_ideas(self, count: int, characters: int) -> float | None:
        """Return about what ideas cost, without the thoughts of a model.

        :param count: number of ideas
        :param characters: length of all but the instructions
        :return: None if it is not known
        """
        tokens_in = FRAME_TOKENS // 4 + characters // CHARACTERS_A_TOKEN
        return self.cost(Usage(tokens_in, count * TOKENS_AN_IDEA))

    def estimate_extra(self, characters: int, answered: int) -> float | None:
        """Return about what a call about a post costs, without a model's thoughts.

        :param characters: length of all but the instructions
        :param answered: characters of the answer
        :return: None if it is not known
        """
        tokens_in = FRAME_TOKENS // 4 + characters // CHARACTERS_A_TOKEN
        return self.cost(Usage(tokens_in, answered // CHARACTERS_A_TOKEN))

    def worst(self, octets: int, tokens_out: int) -> float:
        """Return what one call costs at most; 0 if that is not known.

        The claim of a generation computes the same in SQL.

        :param octets: length of all but the instructions in UTF-8; none of the
            tokenizers makes more than one token per two octets of prose
        :param tokens_out: output limit
        """
        return 0.0 if self.is_free else self._of(Usage(worst_in(octets), tokens_out))


def worst_in(octets: int) -> int:
    """Return how many input tokens a request has at most."""
    return FRAME_TOKENS + octets // 2
