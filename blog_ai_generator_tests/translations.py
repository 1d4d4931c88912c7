# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The product's terms as Odoo exports them, and the files that hold them.

``make pot`` brings the files up to date and drops what is not said any more; what is
new has an empty ``msgstr`` then, to be filled by hand. A test says when it is time.
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
# Held to be complete by a test: a language is added here once nothing is missing.
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
# What stands in a tag and is read by a person.
READ = re.compile(r'\b(title|aria-label|placeholder|alt)="[^"]*"')


def po_of(language: str) -> Path:
    return FOLDER / f"{language}.po"


def exported(env) -> polib.POFile:
    """The template that Odoo's own export gives now, without its dates."""
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
    """The product and all that it depends on."""
    module = env.ref("base.module_blog_ai_generator")
    below = module.upstream_dependencies(exclude_states=("uninstallable",))
    return {"base", module.name, *below.mapped("name")}


def is_below(env, place: str, known: set[str]) -> bool:
    """Whether a term comes from ``known``, not from a field that an addon which is
    installed by itself, such as ``sms``, adds to every model that has messages."""
    if not place.startswith("model:ir.model.fields,"):
        return True
    field = env.ref(place.rpartition(":")[2])
    modules = env[field.model]._fields[field.name]._modules
    return not modules or bool(known.intersection(modules))


def stored(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.is_file() else polib.POFile()


def merged(template: polib.POFile, language: str) -> polib.POFile:
    """The terms of ``template`` with what is translated of them so far."""
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
    """Write the template and every language's file; untranslated terms of each."""
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
    """What keeps the ``terms`` of a language from being complete, a line each."""
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
    """What a translation must take over as it is."""
    return sorted(PLACEHOLDER.findall(READ.sub("", text)))
