# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
from pathlib import Path

import polib

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

from odoo.addons.blog_ai_generator.messages import MESSAGES

from .. import translations
from ..translations import COMPLETE, POT, flaws, po_of, stored

HINT = "Run `make pot`, then fill what is empty in blog_ai_generator/i18n/*.po.\n"


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_the_template_is_what_odoo_exports_now(self):
        now, then = translations.exported(self.env), stored(POT)
        ids = {entry.msgid for entry in now} ^ {entry.msgid for entry in then}
        self.assertFalse(sorted(ids), HINT)
        # The same terms, and the places where each one is used.
        self.assertEqual(list(map(str, now)), list(map(str, then)), HINT)

    def test_each_complete_language_has_every_term(self):
        for language in COMPLETE:
            with self.subTest(language):
                found = flaws(stored(POT), stored(po_of(language)))
                self.assertFalse(found, HINT + "\n".join(found))

    def test_every_message_can_be_translated(self):
        english = self.env(context={"lang": "en_US"})
        shown = {english._(t) for message in MESSAGES.values() for t in message if t}
        terms = {entry.msgid for entry in stored(POT)}
        self.assertGreater(len(shown), 100)
        self.assertFalse(sorted(shown - terms), HINT)

    def test_no_term_is_inside_an_f_string(self):
        # Before Python 3.12, Odoo's export does not see it there.
        for path in Path(get_module_path("blog_ai_generator")).rglob("*.py"):
            for joined in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(joined, ast.JoinedStr):
                    with self.subTest(f"{path.name}:{joined.lineno}"):
                        self.assertNotRegex(ast.unparse(joined), r"\b_(lt)?\(")

    def test_an_incomplete_translation_is_noticed(self):
        term = polib.POEntry(msgid="%(count)s <b>posts</b>")
        for msgstr, flags, noticed in (
            ("%(count)s <b>articles</b>", [], False),
            ("<b>articles</b> : %(count)s", [], False),
            ("%(count)s <b>articles</b>", ["fuzzy"], True),
            ("%(nombre)s <b>articles</b>", [], True),
            ("%(count)s articles", [], True),
            (" ", [], True),
        ):
            with self.subTest(msgstr, flags=flags):
                terms = polib.POFile()
                terms.append(
                    polib.POEntry(msgid=term.msgid, msgstr=msgstr, flags=flags)
                )
                self.assertEqual(bool(flaws([term], terms)), noticed)
        self.assertTrue(flaws([term], polib.POFile()))
