# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import re
from pathlib import Path

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.answer import check
from odoo.addons.blog_ai_generator.llm.detection import (
    LEAST_OF_TITLE,
    check_language,
    other_language,
)
from odoo.addons.blog_ai_generator.llm.language import LANGUAGES, base_code, script_of

from .fixtures_llm import LLMCase, good_fields

FILE = Path(__file__).parent / "fixtures_llm/languages.txt"
# The same four paragraphs in each language; those in Chinese, Japanese and Korean are
# full of English terms.
TEXTS = dict(
    block.split("\n", 1)
    for block in re.split(r"^== ", FILE.read_text("utf-8"), flags=re.MULTILINE)[1:]
)
# Accepted though it is another language: a close relative, or in a script of the
# requested language for which there are no words.
PASSES = {
    "ar": "az kk ku ms pa",
    "bg": "az ku uz",
    "da": "nb nn no",
    "de": "lb",
    "es": "gl",
    "fa": "az kk ku ms pa",
    "fil": "tl",
    "hr": "bs sr",
    "id": "ms",
    "nl": "af",
    "pt": "gl",
    "ru": "az ku uz",
    "sr": "az bs ku uz",
    "uk": "az ku uz",
}
LATIN_KAZAKH = "kk"  # no words of it in Latin script


def verdict(text, code, least=None):
    """Return the language or script that is objected to, as an editor reads it."""
    try:
        check_language(text, code, **({"least": least} if least else {}))
    except llm.LLMError as error:
        return error.values.get("found") or error.values["script"]
    return ""


class TestCorpus(LLMCase):
    def test_each_text_and_each_part_passes_in_its_own_language(self):
        self.assertGreaterEqual(len(TEXTS), 26)
        for code, text in TEXTS.items():
            parts = [text, *text.split("\n## "), *text.split("\n")]
            for part in parts:
                with self.subTest(code, part=part[:30]):
                    self.assertEqual(verdict(part, code), "")
                    self.assertEqual(verdict(part, base_code(code)), "")
                    self.assertEqual(verdict(part, code, LEAST_OF_TITLE), "")

    def test_each_text_is_noticed_where_another_language_was_asked_for(self):
        for code, text in TEXTS.items():
            own = base_code(code)
            passes = {own, LATIN_KAZAKH, *PASSES.get(own, "").split()}
            for asked in sorted(LANGUAGES.keys() - passes):
                with self.subTest(text=code, asked=asked):
                    self.assertTrue(verdict(text, asked))

    def test_what_passes_is_written_down(self):
        for code, text in TEXTS.items():
            for asked in PASSES.get(base_code(code), "").split():
                with self.subTest(text=code, asked=asked):
                    self.assertEqual(verdict(text, asked), "")

    def test_the_language_is_named(self):
        for code, text in TEXTS.items():
            for asked in {"en", "fr", "ja", "ru"} - {base_code(code)}:
                with self.subTest(text=code, asked=asked):
                    right = {code, base_code(code), {"el": "Grek"}.get(code)}
                    self.assertIn(other_language(text, asked), right)


# A language asked for, another one (empty if it is right), and a text.
ENGLISH, FRENCH, GERMAN = (TEXTS[code].strip() for code in ("en", "fr", "de"))
FIRST_FRENCH, LAST_FRENCH = FRENCH.split("\n\n## Eau")[0], "## Eau et engrais"
CASES = (
    # Terms of another language, and other scripts, in a text that is right.
    (
        "en",
        "",
        "The train from Gare de Lyon reaches Aix-en-Provence in three hours. Visit the "
        "Musée Granet, the Cours Mirabeau and the Château de Vauvenargues. At Les Deux "
        "Garçons you get a café crème, and in the Rue d'Italie there are calissons. "
        "From Place de la Rotonde buses leave for Le Tholonet and La Ciotat.",
    ),
    (
        "de",
        "",
        "Beim Content Marketing zählt der Return on Investment. Newsletter mit Call "
        "to Action, eine Landing Page im Look and Feel der Marke und Search Engine "
        "Optimization bringen Traffic. Best Practices aus dem State of the Art Report "
        "zeigen: Storytelling und User Experience sind ein Must-have für das Team.",
    ),
    (
        "en",
        "",
        "To greet someone in Japanese, say おはようございます in the morning, "
        "こんにちは during the day and こんばんは in the evening. When you leave, say "
        "さようなら or じゃあね. If somebody thanks you, the usual answer is "
        "どういたしまして, and before a meal it is いただきます.",
    ),
    (
        "en",
        "",
        "A = B, o = e, a + o = x. Set db.example.com, de.example.org, la.example.net "
        "and www.example.com.br: e.g. docs.python.org, wiki.example.org/odoo, "
        "o.example.io. " + "x = a | e | o; y = i & u. " * 20,
    ),
    ("en", "", "mail.de.example.com das.die.example.org und.example.net " * 30),
    ("de", "", GERMAN + '\n\n## Vorlage\n\n"' + ENGLISH.split("\n")[2] + '"'),
    ("de", "", GERMAN + "\n\n## Zitat\n\n> " + ENGLISH.split("\n")[2]),
    ("de", "", GERMAN + "\n\n## Code\n\n```\n" + ENGLISH + "\n```"),
    ("fr", "", FRENCH + "\n\n## Outils\n\n" + "- Search Console\n- Tag Manager\n" * 15),
    (
        "ja",
        "",
        "東京都、大阪府、北海道、京都府、神奈川県、福岡県、愛知県、兵庫県。" * 3,
    ),
    (
        "sr_RS",
        "",
        "Maloj bašti na balkonu treba manje nego što većina ljudi misli. Potrebno je "
        "svetlo pola dana i zemlja koja drži vodu, ali ne postaje teška. Leti to može "
        "biti svako jutro, a zimi samo jednom u dve nedelje.",
    ),
    # Parts in another language.
    ("fr", "en", f"{FIRST_FRENCH}\n\n{LAST_FRENCH}\n\n{ENGLISH.split('food')[1]}"),
    ("fr", "en", FIRST_FRENCH.replace("## ", "") + ENGLISH.replace("## ", "") * 2),
    ("de", "en", GERMAN + "\n\n## Fazit\n\n" + ENGLISH.split("\n")[2]),
    ("ja", "en", TEXTS["ja"] + "\n\n## Summary\n\n" + ENGLISH.split("\n")[2]),
    ("en", "ja", ENGLISH + "\n\n## More\n\n" + TEXTS["ja"].split("\n")[3]),
    # Scripts that a code asks for.
    ("zh_TW", "zh_CN", TEXTS["zh_CN"]),
    ("zh_HK", "zh_CN", TEXTS["zh_CN"]),
    ("zh_Hant", "zh_CN", TEXTS["zh_CN"]),
    ("zh_CN", "zh_TW", TEXTS["zh_TW"]),
    ("zh-Hans-SG", "zh_TW", TEXTS["zh_TW"]),
    ("zh", "", TEXTS["zh_TW"]),
    ("sr@latin", "sr", TEXTS["sr@Cyrl"]),
    ("sr@Cyrl", "hr", TEXTS["hr"]),
    ("sr_RS", "", TEXTS["sr@Cyrl"]),
    ("bg", "sr", TEXTS["sr@Cyrl"]),
    ("sr", "bg", TEXTS["bg"]),
    ("mk", "bg", TEXTS["bg"]),
    ("pt", "cs", TEXTS["cs"]),
    ("pt_BR", "sk", TEXTS["sk"]),
    ("gl", "en", ENGLISH),
    ("fa", "ar", TEXTS["ar"]),
    ("mr", "hi", TEXTS["hi"]),
)
# The same for titles.
TITLES = (
    ("de", "", "Content Marketing: Best Practices"),
    ("de", "", "The Lord of the Rings: eine Filmkritik"),
    ("fr", "", "Google Analytics 4 et Search Console : le guide"),
    ("ja", "", "iPhone 17 Pro Max Review 2026"),
    ("ja", "", "Docker Compose と GitHub Actions 入門"),
    ("ru", "", "Samsung Galaxy S27 Ultra"),
    ("en", "", "Piña Colada, Crème Brûlée and Café au Lait"),
    ("de", "en", "How to choose the best plants for your balcony"),
    ("fr", "en", "What you should know about the care of plants in winter"),
    ("ja", "en", "How to choose the best plants for your balcony"),
    ("en", "de", "Wie Sie die besten Pflanzen für den Balkon auf einen Blick finden"),
    ("en", "ja", "都会のミツバチを育てるための十の知恵"),
    ("en", "hi", "शहर में मधुमक्खी और शहद"),
    ("en", "ru", "Как выбрать растения для балкона и не пожалеть"),
)


class TestLanguageCases(LLMCase):
    def test_texts(self):
        for asked, right, text in CASES:
            with self.subTest(asked=asked, text=text[-60:]):
                self.assertEqual(verdict(text, asked), right)

    def test_titles(self):
        for asked, right, title in TITLES:
            with self.subTest(asked=asked, title=title):
                self.assertEqual(verdict(title, asked, LEAST_OF_TITLE), right)

    def test_scripts_of_codes(self):
        for code, script in (
            ("zh_TW", "Hant"),
            ("zh-Hans-HK", "Hans"),
            ("zh", ""),
            ("sr@latin", "Latn"),
            ("sr-Cyrl-RS", "Cyrl"),
            ("pt_BR", ""),
        ):
            self.assertEqual(script_of(code), script)


class TestFields(LLMCase):
    def check_in(self, language, topic="Jardin", **changes):
        body = TEXTS[language] * 2
        title = {"fr": "Un petit jardin sur le balcon", "en": "A small garden"}
        fields = {key: "" for key in good_fields()}
        fields |= {"title": title[language], "body": body, "keywords": "a, b"}
        request = llm.ArticleRequest(topic, language=language, words=150)
        return check(json.dumps(fields | changes), request)

    def test_a_field_in_another_language_is_made_anew(self):
        english = ENGLISH.split("\n")[2]
        for key, field in (
            ("teaser", "teaser"),
            ("seo_description", "seo_description"),
            ("x", "social.x"),
            ("linkedin", "social.linkedin"),
        ):
            with self.subTest(key):
                article = self.check_in("fr", **{key: english})
                note = llm.Note("field_language_removed", {"field": field})
                self.assertIn(note, article.repairs)
                texts = (
                    article.teaser,
                    article.seo_description,
                    *article.social.values(),
                )
                for text in texts:
                    self.assertNotIn("garden", text)
                article = self.check_in("en", **{key: english})
                self.assertNotIn(note, article.repairs)

    def test_a_title_in_another_language_makes_the_answer_unusable(self):
        title = "How to choose the best plants for your balcony"
        with self.assertRaises(llm.LLMError) as caught:
            self.check_in("fr", title=title)
        self.assertCode(caught.exception, "unusable", "language")

    def test_a_title_may_be_in_the_language_of_the_topic(self):
        title = "How to choose the best plants for your balcony"
        self.assertEqual(self.check_in("fr", topic=title, title=title).title, title)
