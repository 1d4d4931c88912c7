# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small helpers of models and wizards."""

from odoo.models import BaseModel


def described(exception: BaseException) -> str:
    """Return the technical detail of an error: its class and its text."""
    return f"{type(exception).__name__}: {exception}"


def selection_labels(records: BaseModel, name: str) -> dict[str, str]:
    """Return the labels of a selection field by value, in the language of the user."""
    return dict(records.fields_get([name], ["selection"])[name]["selection"])


def installed_languages(model: BaseModel) -> list[tuple[str, str]]:
    """Return code and name of each active language, for a selection field."""
    return model.env["res.lang"].get_installed()


def time_zones(model: BaseModel) -> list[tuple[str, str]]:
    """Return the time zones that Odoo offers a person, for a selection field."""
    return list(selection_labels(model.env["res.partner"], "tz").items())
