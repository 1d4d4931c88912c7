# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The request for a translation, and its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .types import CallRecord, Note, Request
from .voice import Voice


@dataclass(frozen=True)
class TranslationRequest(Request):
    """The request to translate the texts of a post.

    :param source: Odoo or BCP 47 code of the language of the texts
    :param fields: plain texts by ``title``, ``teaser``, ``seo_title``, ``x`` and so on
    :param terms: the body's pieces of HTML, each with inline tags only
    :param labels: plain texts in attributes of the body, such as ``alt``
    """

    kind: ClassVar[str] = "translation"

    fields: Mapping[str, str]
    terms: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    source: str = "en_US"
    language: str = "en_US"
    blog_name: str = ""
    notes: str = ""
    voice: Voice = Voice()


@dataclass(frozen=True)
class Translation:
    """Checked translations, by key or by the text that they translate.

    :param terms: HTML with the tags of the original and no other ones
    """

    fields: Mapping[str, str]
    terms: Mapping[str, str]
    labels: Mapping[str, str]
    repairs: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Translated:
    """A translation with the records of all calls that it took."""

    translation: Translation
    calls: tuple[CallRecord, ...]
