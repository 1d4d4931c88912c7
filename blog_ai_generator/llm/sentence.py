# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
class Sentence(str):
    """English text for a person that knows what it was made of, to be translated.

    :param term: with a placeholder for each value, such as ``%(name)s``
    :param values: strings; one that is a sentence itself is translated too
    """

    term: str
    values: dict[str, str]

    def __new__(cls, term: str, /, **values: str) -> "Sentence":
        sentence = super().__new__(cls, term % values if values else term)
        sentence.term, sentence.values = str(term), values
        return sentence

    @property
    def parts(self) -> list[object]:
        """Term and values as JSON can hold them."""
        return [
            self.term,
            {name: getattr(v, "parts", v) for name, v in self.values.items()},
        ]


# By its term, what an administrator reads instead of a sentence that sends to one.
OWN_WORDS: dict[str, str] = {}


def addressed(sentence: Sentence, own: Sentence) -> Sentence:
    """``sentence``, of which who may mend it himself reads ``own`` instead."""
    OWN_WORDS[sentence.term] = own.term
    return sentence


# By this name Odoo's export of terms finds the sentences in this package's files.
_lt = Sentence
