# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .answer_failures import ANSWER_FAILURES
from .asks import ASKS
from .briefs import BRIEFS
from .connection_failures import CONNECTION_FAILURES
from .failures import FAILURES
from .labels import LABELS
from .message import TEXT, Message, Term, Wording
from .models import MODELS
from .notes import NOTES
from .states import STATES

MESSAGES: dict[str, Wording] = {
    **FAILURES,
    **CONNECTION_FAILURES,
    **ANSWER_FAILURES,
    **BRIEFS,
    **NOTES,
    **MODELS,
    **STATES,
    **ASKS,
    **LABELS,
}


def register(
    key: str, cause: Term, remedy: Term = "", own_remedy: Term = "", here: Term = ""
) -> None:
    """Add a message of another addon, or replace one.

    :param key: "code" or "code.reason" of an ``llm.LLMError``, "note.code" of an
        ``llm.Note``, or "preset_help.key" of an ``llm.Preset``
    :param cause: what happened; a term of the addon's own ``LazyTranslate``
    :param remedy: what to do next
    :param own_remedy: what an administrator reads instead of ``remedy``
    :param here: what they read instead on the form of the provider itself
    """
    MESSAGES[key] = Wording(cause, remedy, own_remedy, here)


def wording_of(message: Message) -> Wording:
    """Return the wording of a key, else of its code, else the message's own text."""
    if message.key in MESSAGES:
        return MESSAGES[message.key]
    if message.values.get(TEXT):
        return Wording(f"%({TEXT})s")
    code = message.key.partition(".")[0]
    return MESSAGES.get(code, MESSAGES["unusable"])
