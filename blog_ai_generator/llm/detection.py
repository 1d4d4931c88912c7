# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Notice a text that is clearly in another language than the requested one.

The check looks at the script first and then, for Latin and Cyrillic, at the most
frequent small words. It objects only when there is no doubt: a text in an unknown
language passes, and so does one between two close relatives.
"""

import re
from collections import Counter

from .errors import LLMError
from .language import LANGUAGES, base_code

# Characters of each script, by ISO 15924 code.
_RANGES = {
    "Latn": "A-Za-z\xc0-\u024f\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Armn": "\u0530-\u058f",
    "Hebr": "\u0590-\u05ff",
    "Arab": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
    "Thai": "\u0e00-\u0e7f",
    "Laoo": "\u0e80-\u0eff",
    "Mymr": "\u1000-\u109f",
    "Geor": "\u10a0-\u10ff",
    "Ethi": "\u1200-\u137f",
    "Khmr": "\u1780-\u17ff",
    "Hrkt": "\u3040-\u30ff",
    "Hani": "\u3400-\u9fff",
    "Kore": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
}
# Scripts of a language: Latin if it is not listed, several if any of them is usual.
_SCRIPTS = {
    "am": "Ethi", "ar": "Arab", "az": "Latn Cyrl Arab",
    "be": "Cyrl", "bg": "Cyrl", "bn": "Beng", "bs": "Latn Cyrl",
    "el": "Grek", "fa": "Arab", "gu": "Gujr", "he": "Hebr",
    "hi": "Deva", "hy": "Armn", "ja": "Hrkt Hani", "ka": "Geor",
    "kk": "Cyrl Latn Arab", "km": "Khmr", "kn": "Knda",
    "ko": "Kore", "ku": "Latn Arab Cyrl", "lo": "Laoo",
    "mk": "Cyrl", "ml": "Mlym", "mn": "Cyrl", "mr": "Deva",
    "ms": "Latn Arab", "my": "Mymr", "ne": "Deva",
    "pa": "Guru Arab", "ru": "Cyrl", "sr": "Latn Cyrl",
    "ta": "Taml", "te": "Telu", "th": "Thai", "uk": "Cyrl", "ur": "Arab",
    "uz": "Latn Cyrl", "zh": "Hani",
}  # fmt: skip
# Scripts that stand for one language.
_LANGUAGE_OF_SCRIPT = {"Hani": "zh", "Hrkt": "ja", "Ethi": "am"}
# The most frequent small words, and those that tell a language from its relatives.
_PROFILES = """\
bg и в не на че с за да се от е по как или са които това може
ca el la les de i que en un una és per amb no del més al com dels són o es va pot aquest
cs a je v na se že s z do si jako pro ale jsou nebo které který by aby k i o při vám
da og i at det er en på for med af ikke den til et har du kan som der de eller blive
de der die und das ist in zu den mit von für auf ein eine nicht sich auch dem des werden
en the of and to in is that for it with as are on be this by you from your not have or
es el los las la de y que en un una es para con por del se no más su al como lo o son
et ja on ei et see ka kui mis oma või ning seda aga saab nii siis
fi ja on ei se että myös kun tai ovat voi joka mutta niin ole kuin jos sekä sen
fr le la les de des et est un une du dans en que pour qui sur pas au plus avec sont vous
hr i je u na se da za su koji s od ne kao što ili iz bi koje ako o to nije ali vaš
hu a az és hogy nem is egy van ez meg de ha csak mint vagy már még ezt lehet
id yang dan di untuk dengan ini itu dari tidak pada anda dalam akan adalah juga atau
it il di che è la e un una per non sono del della con le gli i da si nel più anche o
lt ir yra kad su į iš ne tai bei kaip ar jūsų o jei gali taip
lv un ir ka ar no uz par kas tas lai vai var jūsu bet kā ja
nb og å det er en på for med av ikke den til et har du kan som i de eller hvis også
nl de het een van en in is op te dat voor met zijn niet aan je die ook wordt bij om of
pl i w na z że się nie jest do to o jak ale dla co przez oraz są od lub można
pt o a os as de que e do da em um uma para com não é se por mais no na são ou seu
ro și de la în a cu pe că nu este un o pentru din care sunt mai ce sau se şi
ru и в не на что с по это для как от к из но за или бы так вас если
sk a je v na sa že s z do si ako pre ale sú alebo ktoré ktorý by aby k o pri vám
sl in je v na se da za so ki z pa ne kot tudi ali po od iz bi ni o vas
sv och i att det som en är på för med av inte den till ett har du kan om så eller de din
tr ve bir bu için ile da de ne çok olarak daha gibi olan en veya her kadar ya
uk і в не на що з у та для як від це до або є за але й про якщо
vi và của là có cho không được một các những bạn với để khi
"""
_WORDS = {line[:2]: frozenset(line[3:].split()) for line in _PROFILES.splitlines()}
SMALL_WORDS = frozenset().union(*_WORDS.values())
# Languages without a profile use the one of a close relative.
_RELATIVE = {"no": "nb", "nn": "nb", "bs": "hr", "sr": "hr", "ms": "id"}
MIN_LETTERS, MIN_TOKENS = 100, 50


def check_language(text: str, code: str) -> None:
    """Raise an :class:`LLMError` if ``text`` clearly is not in the language ``code``.

    :param code: Odoo or BCP 47 code
    """
    if found := other_language(text, code):
        reason, name = (
            ("script", "script") if found in _RANGES else ("language", "found")
        )
        raise LLMError(
            "unusable",
            f"language is {found}",
            reason=reason,
            values={name: found, "wanted": code},
        )


def other_language(text: str, code: str) -> str:
    """Return the language of ``text`` if it clearly is not ``code``.

    :return: an ISO 639 code; an ISO 15924 code if only the script is clear; empty if
        the language is the right one or in doubt
    """
    code = base_code(code)
    text = re.sub(r"```.*?(?:```|\Z)|https?://\S+", " ", text, flags=re.DOTALL)
    return _other_script(text, code) or _other_words(text, code)


def _other_script(text: str, code: str) -> str:
    expected = _SCRIPTS.get(code, "Latn" if code in LANGUAGES else "").split()
    letters = {
        script: len(re.findall(f"[{chars}]", text)) for script, chars in _RANGES.items()
    }
    total = sum(letters.values())
    if not expected or total < MIN_LETTERS:
        return ""
    if letters["Hrkt"] > total * 0.15:
        # Japanese is full of Chinese characters, Chinese never has kana.
        letters["Hrkt"] += letters.pop("Hani")
    elif (
        code == "ja" and letters["Hani"] > total * 0.6 and letters["Hrkt"] < total / 50
    ):
        return "zh"
    found, most = max(letters.items(), key=lambda item: item[1])
    if most < total * 0.6 or sum(letters.get(x, 0) for x in expected) > total * 0.2:
        return ""
    return _likely(text, found) or _LANGUAGE_OF_SCRIPT.get(found, found)


def _likely(text: str, script: str) -> str:
    tokens, total = _tokens(text)
    scores = {
        code: sum(tokens[word] for word in words)
        for code, words in _WORDS.items()
        if script in _SCRIPTS.get(code, "Latn").split()
    }
    best = max(scores, key=lambda code: scores[code], default="")
    return best if best and scores[best] > total * 0.1 else ""


def _other_words(text: str, code: str) -> str:
    tokens, total = _tokens(text)
    if total < MIN_TOKENS or code not in LANGUAGES:
        return ""
    own = _WORDS.get(_RELATIVE.get(code, code), frozenset())
    best, most = "", 0.0
    # Without a profile of the wanted language, only English is recognised as wrong.
    for other in _WORDS if own else ("en",):
        theirs = sum(tokens[word] for word in _WORDS[other] - own)
        ours = sum(tokens[word] for word in own - _WORDS[other])
        needed = 0.1 if own else 0.25
        if theirs > max(total * needed, 4 * ours, most):
            best, most = other, theirs
    return best


def _tokens(text: str) -> tuple[Counter[str], int]:
    tokens = re.findall(r"[^\W\d_]+", text.lower())
    return Counter(tokens), len(tokens)
