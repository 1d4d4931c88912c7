# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""English names of languages, for prompts."""

import re

# Names of languages by ISO 639 code.
LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani",
    "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian",
    "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fil": "Filipino",
    "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kab": "Kabyle", "kk": "Kazakh",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "lb":
    "Luxembourgish", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "mt": "Maltese", "my": "Burmese", "nb": "Norwegian Bokmål",
    "ne": "Nepali",
    "nl": "Dutch", "nn": "Norwegian Nynorsk", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
VARIANTS = {
    "pt_BR": "Brazilian Portuguese",
    "zh_CN": "Simplified Chinese",
    "zh_HK": "Traditional Chinese",
    "zh_TW": "Traditional Chinese",
    "sr@latin": "Serbian in Latin script",
    "sr@Cyrl": "Serbian in Cyrillic script",
}

# ISO 15924 codes of scripts, by the part of a language code that implies one.
_SCRIPTS = {
    "latin": "Latn", "latn": "Latn", "cyrl": "Cyrl", "cyrillic": "Cyrl", "arab": "Arab",
    "hans": "Hans", "hant": "Hant",
}  # fmt: skip
_SCRIPT_OF_CHINESE = {
    "cn": "Hans", "sg": "Hans", "my": "Hans", "tw": "Hant", "hk": "Hant", "mo": "Hant",
}  # fmt: skip


def language_name(code: str) -> str:
    """Return the English name of a language with its code: ``French (fr_BE)``."""
    variant = VARIANTS.get(code.replace("-", "_"))
    name = variant or LANGUAGES.get(base_code(code))
    return f"{name} ({code})" if name else code


def base_code(code: str) -> str:
    """Return the ISO 639 code in an Odoo or BCP 47 code."""
    return re.split(r"[-_@]", code.strip().lower())[0]


def script_of(code: str) -> str:
    """Return the ISO 15924 code of the script that a language code asks for, or ""."""
    base, *parts = re.split(r"[-_@]", code.strip().lower())
    scripts = [_SCRIPTS[part] for part in parts if part in _SCRIPTS]
    if base == "zh" and not scripts:
        scripts = [_SCRIPT_OF_CHINESE.get(part, "") for part in parts]
    return max(scripts, default="")
