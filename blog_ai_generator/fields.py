# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Kinds of fields that Odoo does not have."""

from odoo import fields

from .llm.text import visible


class Duration(fields.Float):
    """A duration in seconds.

    Empty is stored as NULL, not as Odoo's 0, so that averages ignore it.
    """

    def convert_to_column(self, value, record, values=None, validate=True):
        column = super().convert_to_column(value, record, values, validate)
        return column if value else None

    def convert_to_read(self, value, record, use_display_name=True):
        return value or False


class Cost(fields.Float):
    """An amount of money that may not be known.

    Unknown is stored as NULL and read as False, which counts as 0 in a sum; 0 is known
    to be nothing.
    """

    def convert_to_column(self, value, record, values=None, validate=True):
        if _is_unknown(value):
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if _is_unknown(value):
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if _is_unknown(value) else value

    def convert_to_export(self, value, record):
        return "" if _is_unknown(value) else value


def _is_unknown(value) -> bool:
    return value is None or value is False


class SecretChar(fields.Char):
    """A Char that no form, export or log of changes contains, only Python.

    It stays empty even through a relation of another model (``provider_id/api_key``).
    """

    def convert_to_read(self, value, record, use_display_name=True):
        return False

    def convert_to_export(self, value, record):
        return ""


class PlainText(fields.Text):
    """A Text without invisible and control characters, whatever its source.

    A form, a remote call and an import all end here. The database refuses a NUL; other
    control characters would go on to a provider, or reverse what is read of a title. A
    form that is being filled in shows what was typed until it is saved.
    """

    def convert_to_cache(self, value, record, validate=True):
        value = super().convert_to_cache(value, record, validate)
        return visible(value) if value and validate else value


class PlainChar(fields.Char):
    """A Char as :class:`PlainText`, on a single line with single blanks."""

    def convert_to_cache(self, value, record, validate=True):
        value = super().convert_to_cache(value, record, validate)
        return " ".join(visible(value).split()) if value and validate else value


class TitleKeys(fields.Json):
    """The keys of :func:`.similar_keys.title_keys`, as an array that can be indexed.

    Only the database reads them.
    """

    _column_type = ("_int4", "int4[]")
    prefetch = False
    copy = False
    exportable = False

    def convert_to_column(self, value, record, values=None, validate=True):
        return list(value) if value else None

    def convert_to_export(self, value, record):
        return ""
