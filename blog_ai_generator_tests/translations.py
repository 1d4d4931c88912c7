# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Export the product's terms, and keep the translation files complete.

``make pot`` updates the files and drops terms that no longer exist. New terms get an
empty ``msgstr``, to be filled by hand; a test reports them.
"""

import io
import re
from pathlib import Path

import polib

from odoo.tools.translate import trans_export

from odoo.addons import blog_ai_generator

FOLDER = Path(blog_ai_generator.__path__[0]) / "i18n"
POT = FOLDER / "blog_ai_generator.pot"
LANGUAGES = ("de", "es", "fr")
# A test requires these to be complete: add a language once nothing is missing.
COMPLETE = ("de", "es", "fr")
HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Report-Msgid-Bugs-To": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\{.*?\}\}|<[^>]*>")
# Attributes whose values people read.
READ = re.compile(r'\b(title|aria-label|placeholder|alt)="[^"]*"')


def po_of(language: str) -> Path:
    return FOLDER / f"{language}.po"


def exported(env) -> polib.POFile:
    """Return the template that Odoo's export gives now, without its dates."""
    output = io.BytesIO()
    trans_export(None, ["blog_ai_generator"], output, "po", env)
    template = polib.pofile(output.getvalue().decode())
    known = modules_below(env)
    for entry in list(template):
        entry.occurrences = [
            place for place in entry.occurrences if is_below(env, place[0], known)
        ]
        if not entry.occurrences:
            template.remove(entry)
    template.metadata = dict(HEADER)
    template.header = "Translation of Odoo Server.\nThe module is blog_ai_generator."
    return template


def modules_below(env) -> set[str]:
    """Return the product and all modules that it depends on."""
    module = env.ref("base.module_blog_ai_generator")
    below = module.upstream_dependencies(exclude_states=("uninstallable",))
    return {"base", module.name, *below.mapped("name")}


def is_below(env, place: str, known: set[str]) -> bool:
    """Return whether a term comes from one of the ``known`` modules.

    Addons that install themselves, such as ``sms``, add fields to every model with
    messages; their terms do not belong to the product.
    """
    if not place.startswith("model:ir.model.fields,"):
        return True
    field = env.ref(place.rpartition(":")[2])
    modules = env[field.model]._fields[field.name]._modules
    return not modules or bool(known.intersection(modules))


def stored(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.is_file() else polib.POFile()


def merged(template: polib.POFile, language: str) -> polib.POFile:
    """Return the terms of ``template`` with their existing translations."""
    known = {entry.msgid: entry.msgstr for entry in stored(po_of(language))}
    result = polib.POFile()
    result.header = template.header
    result.metadata = {
        **HEADER,
        "Language": language,
        "Plural-Forms": PLURALS[language],
    }
    for entry in template:
        result.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=known.get(entry.msgid, ""),
                comment=entry.comment,
                occurrences=entry.occurrences,
            )
        )
    return result


def update(env) -> dict[str, int]:
    """Write the template and the file of each language.

    :return: untranslated terms by language
    """
    FOLDER.mkdir(exist_ok=True)
    template = exported(env)
    template.save(str(POT))
    missing = {}
    for language in LANGUAGES:
        terms = merged(template, language)
        terms.save(str(po_of(language)))
        missing[language] = len(terms.untranslated_entries())
    return missing


def flaws(template: polib.POFile, terms: polib.POFile) -> list[str]:
    """Return the reasons why the ``terms`` of a language are incomplete."""
    entries = {entry.msgid: entry for entry in terms if not entry.obsolete}
    found = []
    for term in template:
        entry = entries.get(term.msgid)
        if not entry or not entry.msgstr.strip():
            found.append(f"not translated: {term.msgid}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {term.msgid}")
        elif placeholders(entry.msgstr) != placeholders(term.msgid):
            found.append(f"other placeholders than the term: {term.msgid}")
    return found


def placeholders(text: str) -> list[str]:
    """Return the parts of a text that a translation must keep as they are."""
    return sorted(PLACEHOLDER.findall(READ.sub("", text)))
