# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Scripts by ISO 15924 code: their characters, words and languages."""

import re

# Characters of each script.
RANGES = {
    "Latn": "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u025b\u0263\u1e00-\u1eff",
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
# Marks do not end a word.
WORD = re.compile(
    "|".join(f"(?P<{name}>[{chars}][{chars}\u0300-\u036f]*)"
    for name, chars in RANGES.items())
)  # fmt: skip
# Characters to a word, in scripts without spaces.
CHARACTERS = {"Hani": 2, "Hrkt": 2, "Thai": 5, "Laoo": 5, "Mymr": 5, "Khmr": 5}
# Words of all scripts in one go, to be counted before they are told apart.
_CHARACTERS_OF_ALL = "".join(RANGES.values())
RUN = re.compile(f"[{_CHARACTERS_OF_ALL}][{_CHARACTERS_OF_ALL}\u0300-\u036f]*")
# Scripts of a language: Latin if it is not listed, several if any of them is usual.
SCRIPTS = {
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
LANGUAGE_OF_SCRIPT = {
    "Hani": "zh", "Hrkt": "ja", "Kore": "ko", "Ethi": "am", "Thai": "th", "Laoo": "lo",
    "Khmr": "km", "Geor": "ka", "Armn": "hy",
}  # fmt: skip
