# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers that are good articles, in forms other than the one that was asked for."""

import json

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import Note
from odoo.addons.blog_ai_generator.llm.answer import check
from odoo.addons.blog_ai_generator.llm.keys import is_description

from .fixtures_llm import good_fields, good_text
from .fixtures_llm.answer_case import REQUEST, AnswerCase

ART = good_text()
FIELDS = good_fields()
DRAFT = json.dumps(dict(FIELDS, title="A first draft", linkedin=""))
BODY_LAST = json.dumps({key: FIELDS[key] for key in sorted(FIELDS, key="body".__eq__)})
SHORT_DRAFT = '{"title": "A first draft", "body": "To be written."}'
PRETTY = json.dumps(FIELDS, indent=2, ensure_ascii=False)
MENDED = Note("answer_mended")


def renamed(**names):
    return json.dumps({names.get(key, key): FIELDS[key] for key in FIELDS})


def broken(**changes):
    """Return an answer with raw values, as a model that forgets to escape writes it."""
    values = {key: json.dumps(text)[1:-1] for key, text in FIELDS.items()} | changes
    return "{" + ", ".join(f'"{k}": "{v}"' for k, v in values.items()) + "}"


# Around a good object. Nothing is mended.
WRAPPED = {
    "thoughts that were never opened": f"Let me see: {DRAFT}\n</think>\n{ART}",
    "thoughts with a short draft": f"<think>{SHORT_DRAFT}</think>{ART}",
    "thoughts that do not begin the text": f"OK. <think>{DRAFT}</think>\n{ART}",
    "thoughts that never end": f"<think>Perhaps {SHORT_DRAFT}? No.\n{ART}",
    "thoughts in other tags": f"<thinking>{DRAFT}</thinking>\n{ART}",
    "thoughts of Mistral": f"[THINK]{DRAFT}[/THINK]{ART}",
    "channels of gpt-oss": (
        f"<|channel|>analysis<|message|>{DRAFT}<|end|>"
        f"<|start|>assistant<|channel|>final<|message|>{ART}"
    ),
    "a draft in front": f"Draft:\n{SHORT_DRAFT}\n\nFinal:\n{ART}",
    "a draft behind": f"{ART}\n\nMy first try was {SHORT_DRAFT}.",
    "many braces": "{a}" * 25 + ART,
    "many small objects": '{"a": 1}' * 40 + ART,
    "the schema": json.dumps({"properties": {"title": {}}}) + ART,
    "two wrappers": json.dumps({"data": {"article": FIELDS}}),
    "a wrapper with a status": json.dumps({"status": "ok", "result": FIELDS}),
    "a list in a wrapper": json.dumps({"articles": [FIELDS]}),
    "properties of a schema": json.dumps({"type": "object", "properties": FIELDS}),
}
# The same article, in other JSON than was asked for.
BROKEN = {
    "trailing comma": ART[:-1] + ",}",
    "trailing comma, pretty": PRETTY[:-2] + ",\n}",
    "comment line": PRETTY.replace("{\n", "{\n  // the article\n", 1),
    "comment in the middle": PRETTY.replace('\n  "body"', '\n  // text\n  "body"', 1),
    "comment behind a value": PRETTY.replace(',\n  "body"', ', // one\n  "body"', 1),
    "comment of Python": PRETTY.replace('\n  "x"', '\n  # networks\n  "x"', 1),
    "block comment": PRETTY.replace('\n  "x"', '\n  /* networks */\n  "x"', 1),
    "missing comma": PRETTY.replace('",\n  "body"', '"\n  "body"', 1),
    "last brace missing": ART[:-1],
    "last quote and brace missing": ART[:-2],
    "last brace missing, fence": f"```json\n{PRETTY[:-2]}\n```",
    "thoughts, then broken": f"{DRAFT}</think>{ART[:-1]},}}",
    "encoded twice": json.dumps(ART),
    "encoded twice, fence": f"```json\n{json.dumps(ART)}\n```",
    "encoded twice, no quotes": json.dumps(ART)[1:-1],
    "encoded three times": json.dumps(json.dumps(ART)),
    "text in a wrapper": json.dumps({"article": ART}),
    "capital keys": renamed(title="Title", body="Body", seo_title="SEO_Title"),
    "capital keys, broken": renamed(title="Title", body="Body")[:-1] + ",}",
    "keys in camels": renamed(seo_title="seoTitle", seo_description="seoDescription"),
    "keys with blanks": renamed(seo_title="SEO title", title="Title "),
    "content": renamed(body="content"),
    "headline and markdown": renamed(title="headline", body="markdown"),
    "meta": renamed(seo_title="meta_title", seo_description="meta description"),
    "groups": json.dumps(
        {
            **{k: FIELDS[k] for k in ("title", "teaser", "body")},
            "seo": {
                "title": FIELDS["seo_title"],
                "description": FIELDS["seo_description"],
                "keywords": FIELDS["keywords"],
            },
            "social": {
                "twitter": FIELDS["x"],
                **{k: FIELDS[k] for k in ("bluesky", "mastodon", "linkedin")},
            },
        }
    ),
    "paragraphs": good_text(body=FIELDS["body"].split("\n\n")),
}
# Raw text of a model inside a value -> text of the page.
RAW = {
    'the "Norm" counts': "the &quot;Norm&quot; counts",
    '\u201eNorm" counts': "\u201eNorm&quot; counts",
    'said: "yes", and left': "said: &quot;yes&quot;, and left",
    r"C:\Program \(see x\)": "C:\\Program (see x)",
    r"100\% and \_ and \$5": "100% and _ and $5",
    '\\u00e9t\\u00e9 "d\'or"': "\u00e9t\u00e9 &quot;d'or&quot;",
    r"a \ud83d\udc1d \"b\" c\d": "a \U0001f41d &quot;b&quot; c\\d",
    'line\nbreak "raw"': "line\nbreak &quot;raw&quot;",
}
UNUSABLE = {
    "cut off in the last value": ART[:-40],
    "cut off in the body": ART[:2000],
    "cut off behind a sentence": BODY_LAST[: BODY_LAST.rindex(". ") + 1],
    "cut off after the body": ART[: ART.index('"seo_title"')],
    "cut off behind a draft": f"{DRAFT}</think>{ART[:900]}",
    "an object with no text": '{"title": {"type": "string"}, "body": {"a": 1}}',
    "the description of the body": good_text(body="the article in Markdown"),
    "the description of the title": good_text(title="Up to 70 characters"),
}
DESCRIPTIONS = (
    "up to 70 characters",
    "Up to 70 characters.",
    '"Up to 70 characters"',
    "1-2 sentences, up to 200 characters",
    "30-60 characters",
    "120\u2013155 characters",
    "5-8, comma-separated",
    "post for X, up to 220 characters",
    "Jusqu'\xe0 70 caract\xe8res",
    "1-2 phrases, jusqu'\xe0 200 caract\xe8res",
    "bis zu 200 Zeichen",
    "hasta 70 caracteres",
    "fino a 70 caratteri",
    "\u6700\u591a70\u4e2a\u5b57\u7b26",
    "\u0434\u043e 70 \u0441\u0438\u043c\u0432\u043e\u043b\u043e\u0432",
    "string",
    "<string>",
)
NO_DESCRIPTIONS = (
    "Up to 70 characters: how to write short titles",
    "280 characters that changed the web",
    "Posts of up to 280 characters",
    "A tale in 5-8 words",
    "70 % of all cars",
    "2026",
    "5 Zeichen, dass dein Rad Pflege braucht",
    "Text",
    "Deux phrases suffisent",
    "",
)


class TestForms(AnswerCase):
    def assertSame(self, text, repairs):
        article = check(text, REQUEST)
        self.assertKnown(article.repairs)
        self.assertEqual(article.title, FIELDS["title"])
        self.assertEqual(article.body_markdown, FIELDS["body"])
        self.assertEqual(article.seo_description, FIELDS["seo_description"])
        self.assertEqual(article.social["x"], FIELDS["x"])
        self.assertEqual(article.repairs, repairs)

    def test_what_is_around_a_good_object_does_not_matter(self):
        for name, text in WRAPPED.items():
            with self.subTest(name):
                self.assertSame(text, ())

    def test_a_broken_object_is_read_and_that_is_noted(self):
        for name, text in BROKEN.items():
            with self.subTest(name):
                self.assertSame(text, (MENDED,))

    def test_raw_quotes_and_backslashes_stay_in_the_text(self):
        for raw, shown in RAW.items():
            for place in ("body", "teaser", "linkedin"):
                with self.subTest(raw, place=place):
                    value = json.dumps(FIELDS[place])[1:-1]
                    article = check(
                        broken(**{place: f"{value} {raw} {value}"}), REQUEST
                    )
                    if place == "body":
                        self.assertIn(shown, article.body_html)
                    self.assertEqual(article.title, FIELDS["title"])
                    self.assertEqual(article.seo_title, FIELDS["seo_title"])

    def test_single_and_typographic_quotes_around_values(self):
        for left, right in ("\u201c\u201d", "\u201e\u201c", "''"):
            pairs = (
                f'"{k}": {left}{json.dumps(v)[1:-1]}{right}' for k, v in FIELDS.items()
            )
            article = check("{" + ", ".join(pairs) + "}", REQUEST)
            self.assertEqual(article.body_markdown, FIELDS["body"])

    def test_what_is_no_article_stays_unusable(self):
        for name, text in UNUSABLE.items():
            with self.subTest(name):
                self.assertUnusable(text)

    def test_a_body_of_sections_becomes_one_text(self):
        first, *others = [
            block for block in FIELDS["body"].split("\n\n") if block[0].isalpha()
        ]
        sections = [{"heading": f"No. {n}", "text": b} for n, b in enumerate(others)]
        request = llm.ArticleRequest("Bees", words=500)
        for body in ({"intro": first, "sections": sections}, [first, *sections]):
            article = self.article(request, body=body)
            self.assertEqual(article.body_html.count("<h2>No. "), len(others))
            self.assertNotIn(", <", article.body_html)

    def test_a_body_of_typed_blocks_becomes_one_text(self):
        blocks = [
            {"type": "heading", "level": 2, "text": text[3:]}
            if text.startswith("## ")
            else {"type": "paragraph", "text": text}
            for text in FIELDS["body"].split("\n\n")
        ]
        article = self.article(REQUEST, body=blocks)
        self.assertEqual(article.body_html, self.article(REQUEST).body_html)

    def test_code_about_answers_is_no_answer(self):
        body = FIELDS["body"] + '\n\n```json\n{"title": "x", "body": "y"}\n```\n'
        for text in (good_text(body=body), f"{good_text(body=body)[:-1]},}}"):
            article = check(text, REQUEST)
            self.assertEqual(article.title, FIELDS["title"])
            self.assertIn("&quot;y&quot;}", article.body_html)

    def test_an_article_about_thoughts_is_not_cut(self):
        article = self.article(body=FIELDS["body"] + "\n\nIt ends with `</think>`.")
        self.assertIn("&lt;/think&gt;", article.body_html)


class TestDescriptions(AnswerCase):
    def test_a_field_that_repeats_what_was_asked_for_is_missing(self):
        for text in DESCRIPTIONS:
            with self.subTest(text):
                self.assertTrue(is_description(text))
                article = self.article(teaser=text, seo_title=text, x=text)
                self.assertEqual(article.seo_title, FIELDS["title"])
                self.assertNotIn(text, (article.teaser, article.social["x"]))
                self.assertIn(
                    Note("field_replaced", {"field": "teaser"}), article.repairs
                )

    def test_a_field_about_lengths_is_not(self):
        for text in NO_DESCRIPTIONS:
            self.assertFalse(is_description(text), text)
