# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers to a person who waits for a provider."""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

ASKS = {
    "ask.answered": Wording(
        _lt("%(provider)s answered in %(ms)s ms with the model %(model)s.")
    ),
    "ask.models": Wording(_lt("%(count)s models are now available.")),
    "ask.ideas": Wording(_lt("New ideas: %(count)s. Choose those worth writing.")),
    "ask.some_ideas": Wording(
        _lt(
            "New ideas: %(count)s. Left out because they resemble posts or topics that "
            "you have: %(left)s."
        )
    ),
    "ask.no_ideas": Wording(
        _lt("All ideas resemble posts or topics that you have."),
        _lt("Ask again with another direction."),
    ),
    "ask.titles": Wording(_lt("Other titles: %(count)s. Choose one, or none.")),
    "ask.pictures": Wording(_lt("Pictures: %(count)s. Choose one, or none.")),
    "ask.outline": Wording(
        _lt("Headings of the outline: %(count)s. Change them, then press “Write”.")
    ),
    "ask.refresh": Wording(_lt("Sections with a new text: %(count)s.")),
    "ask.nothing_to_refresh": Wording(_lt("The post still holds.")),
    "ask.refresh_changed": Wording(
        _lt("The text was changed while it was checked."),
        _lt("Have a new version proposed again."),
    ),
    "ask.section": Wording(_lt("The section has been written again.")),
    "ask.lost": Wording(
        _lt("Odoo was stopped before the answer arrived."), _lt("Try again.")
    ),
    "ask.storage": Wording(
        _lt("The answer arrived, but Odoo could not keep it."),
        _lt("Ask an administrator to look into the log of the server."),
        _lt("Look into the log of the server."),
    ),
    "provider.held": Wording(
        _lt("%(name)s takes no more requests until %(moment)s."),
        _lt("Try again then, or ask an administrator to lift the hold."),
        _lt("Try again then, or press “Lift the hold” on the provider."),
    ),
}
