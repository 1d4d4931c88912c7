# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Messages about answers that brought no post: refused, cut off or unusable."""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

ANSWER_FAILURES = {
    "refused": Wording(
        _lt("The provider refused to write about this for reasons of content."),
        _lt("Reword the topic or the notes, or choose another provider."),
    ),
    "truncated": Wording(
        _lt("The answer was cut off before its end."),
        _lt(
            "Retry with a shorter length, or ask an administrator to raise the output "
            "limit of the provider."
        ),
        _lt("Retry with a shorter length, or raise the output limit of the provider."),
    ),
    "truncated.thinking": Wording(
        _lt(
            "The model used up its output limit by thinking, so the answer was cut off."
        ),
        _lt(
            "Choose another model, or ask an administrator to choose less thinking or "
            "a higher output limit in the provider's settings, then retry."
        ),
        _lt(
            "Choose less thinking or a higher output limit in the provider's settings, "
            "then retry."
        ),
        _lt("Choose less thinking or a higher output limit here, then test again."),
    ),
    "truncated.limit": Wording(
        _lt("The answer is longer than the output limit and was cut off."),
        _lt(
            "Retry with a shorter length, or ask an administrator to raise the output "
            "limit of the provider."
        ),
        _lt("Retry with a shorter length, or raise the output limit of the provider."),
    ),
    "truncated.context": Wording(
        _lt(
            "The answer was cut off because the context of the server is full, far "
            "below the output limit."
        ),
        _lt(
            "Retry with a shorter length, or ask an administrator to start the server "
            "with a larger context."
        ),
        _lt("Retry with a shorter length, or start the server with a larger context."),
    ),
    "unusable": Wording(
        _lt("The answer of the model could not be used."),
        _lt("Retry; if it happens again, choose another model."),
    ),
    "unusable.empty": Wording(
        _lt("The provider answered, but with no text."),
        _lt("Retry, or choose another model."),
    ),
    "unusable.short": Wording(
        _lt("The model wrote far less text than was asked for."),
        _lt("Retry with a shorter length, or choose another model."),
    ),
    "unusable.long": Wording(
        _lt("The model wrote more text than a post may contain."),
        _lt("Retry with a shorter length, or choose another model."),
    ),
    "unusable.repetition": Wording(
        _lt("The model repeated the same text over and over."),
        _lt("Retry; if it happens again, choose another model."),
    ),
    "unusable.incomplete": Wording(
        _lt("The model left out parts of the translation."),
        _lt("Retry; if it happens again, choose another model."),
    ),
    "unusable.key": Wording(
        _lt("The answer contains the API key of the provider."),
        _lt("Ask an administrator to replace the key and to check the provider."),
        _lt("Check the provider's server, which shows the key, and replace the key."),
    ),
    "unusable.language": Wording(
        _lt("The model wrote in %(found)s instead of %(wanted)s."),
        _lt("Retry; if it happens again, choose another model."),
    ),
    "unusable.script": Wording(
        _lt(
            "The model wrote in a language in %(script)s script instead of %(wanted)s."
        ),
        _lt("Retry; if it happens again, choose another model."),
    ),
}
