# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sentences of errors and notes for callers that do not make their own yet.

To be deleted together with ``sentence.py``.
"""

from .language import IN_SCRIPT, LANGUAGES, language_name
from .sentence import Sentence, _lt, addressed

# Keyed by code, or by "code.reason" where what to do next differs.
SENTENCES = {
    "authentication": addressed(
        _lt(
            "The provider did not accept the API key. Ask an administrator to enter a "
            "valid key in the provider's settings, then retry."
        ),
        _lt(
            "The provider did not accept the API key. Enter a valid key in the "
            "provider's settings, then retry."
        ),
    ),
    "authentication.missing": addressed(
        _lt(
            "No API key is set for this provider. Ask an administrator to enter one in "
            "the provider's settings, then retry."
        ),
        _lt(
            "No API key is set for this provider. Enter one in the provider's "
            "settings, then retry."
        ),
    ),
    "authentication.malformed": addressed(
        _lt(
            "The API key holds characters that no key has, such as a line break. Ask "
            "an administrator to copy it again into the provider's settings, then "
            "retry."
        ),
        _lt(
            "The API key holds characters that no key has, such as a line break. Copy "
            "it again into the provider's settings, then retry."
        ),
    ),
    "permission": addressed(
        _lt(
            "The provider knows the API key but does not allow this model or action "
            "with it. Choose another model, or ask an administrator to extend the "
            "rights of the key at the provider."
        ),
        _lt(
            "The provider knows the API key but does not allow this model or action "
            "with it. Choose another model, or extend the rights of the key at the "
            "provider."
        ),
    ),
    "quota": addressed(
        _lt(
            "The provider account has no credit left. Ask an administrator to top it "
            "up or to raise its limit at the provider, then retry."
        ),
        _lt(
            "The provider account has no credit left. Top it up or raise its limit at "
            "the provider, then retry."
        ),
    ),
    "rate_limit": _lt(
        "The provider is receiving too many requests from this account. "
        "Wait a moment, then retry."
    ),
    "rate_limit.hours": _lt(
        "The provider takes no more requests from this account now. Retry in about "
        "%(count)s hours, as it asks, or choose another provider."
    ),
    "rate_limit.days": _lt(
        "The provider takes no more requests from this account now. Retry in about "
        "%(count)s days, as it asks, or choose another provider."
    ),
    "overloaded": _lt(
        "The provider is overloaded or has a problem of its own. Wait a few "
        "minutes, then retry or choose another provider."
    ),
    "timeout": addressed(
        _lt(
            "The provider took too long to answer. Retry, choose a faster model or a "
            "shorter length, or ask an administrator to raise “Time Limit for a Call” "
            "under Website ▸ Configuration ▸ Settings ▸ Blog AI."
        ),
        _lt(
            "The provider took too long to answer. Retry, choose a faster model or a "
            "shorter length, or raise “Time Limit for a Call” under Website ▸ "
            "Configuration ▸ Settings ▸ Blog AI."
        ),
    ),
    "connection": _lt(
        "The provider could not be reached. Check the network and the base "
        "URL in the provider's settings, then retry."
    ),
    "connection.dns": _lt(
        "The name of the provider's server could not be found. Check "
        "the spelling of the base URL in the provider's settings, and this server's "
        "network, then retry."
    ),
    "connection.refused": _lt(
        "Nothing answers at the provider's address. Check that the "
        "service is running and that the base URL has the right host and port, then "
        "retry."
    ),
    "connection.tls": _lt(
        "No secure connection to the provider could be made. Check that "
        "the base URL starts with the right http:// or https:// and that the server's "
        "certificate is valid, then retry."
    ),
    "connection.proxy": addressed(
        _lt(
            "The network's proxy did not let the request through. Ask an administrator "
            "to check the proxy settings of this server, then retry."
        ),
        _lt(
            "The network's proxy did not let the request through. Check the proxy "
            "settings of this server, then retry."
        ),
    ),
    "connection.closed": _lt(
        "The provider closed the connection before the answer was "
        "complete. Retry; if it happens again, choose another model or provider."
    ),
    "refused": _lt(
        "The provider refused to write about this for reasons of content. "
        "Reword the topic or the notes, or choose another provider."
    ),
    "truncated": addressed(
        _lt(
            "The answer was cut off before its end. Retry with a shorter length, or "
            "ask an administrator to raise the output limit of the provider."
        ),
        _lt(
            "The answer was cut off before its end. Retry with a shorter length, or "
            "raise the output limit of the provider."
        ),
    ),
    "unusable": _lt(
        "The answer of the model could not be used. Retry; if it happens "
        "again, choose another model."
    ),
    "unusable.empty": _lt(
        "The provider answered, but with no text. Retry, or choose another model."
    ),
    "unusable.short": _lt(
        "The model wrote far less text than was asked for. Retry; if it "
        "happens again, choose another model."
    ),
    "unusable.long": _lt(
        "The model wrote more text than a post may hold. Retry with a "
        "shorter length, or choose another model."
    ),
    "unusable.language": _lt(
        "The model wrote in %(found)s instead of %(wanted)s. Retry; "
        "if it happens again, choose another model."
    ),
    "unusable.no_api": _lt(
        "What answered at the provider's address is not a language "
        "model service. Check the base URL in the provider's settings, then retry."
    ),
    "unusable.too_big": _lt(
        "The provider sent far more data than an answer can have. "
        "Check the base URL in the provider's settings, then retry."
    ),
    "bad_request": addressed(
        _lt(
            "The provider did not understand the request. Choose another model, or ask "
            "an administrator to check the provider's settings."
        ),
        _lt(
            "The provider did not understand the request. Choose another model, or "
            "check the provider's settings."
        ),
    ),
    "bad_request.not_found": _lt(
        "The provider does not know this model, or the address "
        "is wrong. Check the model name and the base URL in the provider's settings, "
        "then retry."
    ),
    "bad_request.too_large": _lt(
        "The request is too long for this model. Shorten the "
        "notes, or choose another model."
    ),
    "bad_request.redirect": _lt(
        "The provider's address leads to another one, which is "
        "not followed. Enter the final address as base URL in the provider's settings, "
        "then retry."
    ),
    "bad_request.base_url": _lt(
        "The base URL of the provider is not usable. Enter an address like "
        "https://api.example.com/v1 in the provider's settings, then retry."
    ),
    "bad_request.no_model": _lt(
        "No model is chosen. Choose one in the provider's settings, then retry."
    ),
    "bad_request.no_topic": _lt(
        "There is no topic to write about. Enter a topic, then retry."
    ),
    "bad_request.no_list": _lt(
        "This provider cannot list its models. Enter the name of the model by hand."
    ),
    "bad_request.protocol": _lt(
        "This provider uses a protocol that is not installed. "
        "Choose another protocol in the provider's settings."
    ),
}

_SCRIPTS = {
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Grek": "Greek",
    "Armn": "Armenian",
    "Hebr": "Hebrew",
    "Arab": "Arabic",
    "Deva": "Devanagari",
    "Beng": "Bengali",
    "Guru": "Gurmukhi",
    "Gujr": "Gujarati",
    "Taml": "Tamil",
    "Telu": "Telugu",
    "Knda": "Kannada",
    "Mlym": "Malayalam",
    "Thai": "Thai",
    "Laoo": "Lao",
    "Mymr": "Burmese",
    "Geor": "Georgian",
    "Khmr": "Khmer",
    "Kore": "Korean",
}
_FIELDS = {
    "title": _lt("Title"),
    "teaser": _lt("Teaser"),
    "seo_title": _lt("SEO title"),
    "seo_description": _lt("SEO description"),
    "keywords": _lt("Keywords"),
    "social.x": _lt("Text for %(network)s", network="X"),
    "social.bluesky": _lt("Text for %(network)s", network="Bluesky"),
    "social.mastodon": _lt("Text for %(network)s", network="Mastodon"),
    "social.linkedin": _lt("Text for %(network)s", network="LinkedIn"),
}
_NOTES = {
    "field_tags_removed": _lt("%(field)s: HTML tags were removed."),
    "field_replaced": _lt("%(field)s: missing or too short, was replaced."),
    "field_cut": _lt("%(field)s: too long, was cut."),
    "field_address_removed": _lt("%(field)s: an address was removed."),
    "field_links_removed": _lt("%(field)s: links, mentions or markup were removed."),
    "body_line_breaks_fixed": _lt("Line breaks in the text were corrected."),
    "body_title_removed": _lt("A title inside the text was removed or lowered."),
    "body_links_removed": _lt("Links that are not allowed were removed: %(count)s."),
    "body_images_removed": _lt("Images were removed: %(count)s."),
    "body_tags_removed": _lt("HTML tags were removed: %(count)s."),
    "keywords_missing": _lt("The keywords were missing."),
    "keywords_cut": _lt("The keywords were too many or too long: some were cut."),
    "parameter_omitted": _lt("The server refused %(name)s: asked again without it."),
    "parameter_replaced": _lt("The server refused %(name)s: sent %(other)s instead."),
    "usage_missing": _lt("The provider reported no usage."),
}
PRESET_LABELS = (_lt("Any compatible endpoint"), _lt("Offline (sample articles)"))
PRESET_HELP = {
    "openai": _lt(
        "Reasoning models need a higher output limit and a longer time limit for a "
        "call."
    ),
    "gemini": _lt(
        "What a Gemini model thinks counts as output: raise the output limit if "
        "answers are cut off."
    ),
    "openrouter": _lt(
        "One key for the models of many providers; the cost comes with each call, "
        "in US dollars."
    ),
    "ollama": _lt("Ollama runs on your own machine; pull the model there first."),
    "lmstudio": _lt(
        "Start the server of LM Studio and load a model there, then press “Fetch "
        "models” here."
    ),
    "vllm": _lt("A key is needed only if the vLLM server was started with one."),
    "compatible": _lt("The base URL is what comes before /chat/completions."),
    "offline": _lt(
        "The offline provider needs no key and no network; it writes sample "
        "articles in English."
    ),
}


def error_sentence(key: str, values: dict[str, str]) -> Sentence:
    """Return the English sentence of an error."""
    shown: dict[str, str] = dict(values)
    if key == "unusable.script":
        key = "unusable.language"
        shown["found"] = Sentence(IN_SCRIPT, script=_SCRIPTS[shown.pop("script")])
    elif key == "unusable.language":
        shown["found"] = LANGUAGES.get(shown["found"], shown["found"])
    if "wanted" in shown:
        shown["wanted"] = language_name(shown["wanted"])
    return Sentence(SENTENCES[key], **shown)


def note_sentence(code: str, values: dict[str, str]) -> Sentence:
    """Return the English sentence of a note."""
    shown: dict[str, str] = {
        name: _FIELDS[value] if name == "field" else value
        for name, value in values.items()
    }
    return Sentence(_NOTES[code], **shown)
