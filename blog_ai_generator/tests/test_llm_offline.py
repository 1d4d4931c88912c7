# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import html
import json
import re

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import sample_posts
from odoo.addons.blog_ai_generator.llm.protocols.offline import answer_text
from odoo.addons.blog_ai_generator.llm.text import count_words

from .fixtures_llm import LLMCase

ACCOUNT = llm.Account("offline", "", "", "sample", "offline")
TOPICS = (
    "Bees in the city",
    "How do I choose a bicycle for the city?",
    "Ten ways to keep a small workshop tidy!",
    "Brot backen wie fr\u00fcher",
    "caring for house plants in winter",
    "Safety at sea \U0001f30a",
)
ODD_TOPICS = (
    "x",
    "?",
    "a" * 3000,
    "A very long topic that goes on and on, with commas, and more of them " * 8,
    'Why "quality" is not *free* [at](http://evil.example) _all_ `code` | # ~ &amp;',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u0646\u062d\u0644 \u0627\u0644\u0645\u062f\u064a\u0646\u0629",
    "\u202eevil\u202c \x00 topic",
    "{braces} {0} %s %(x)s \\",
    "Line one\n# Line two\n\nTopic: three",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 40,
    "\u57ce\u5e02\u7684\u8702\u8702" * 30,
)
ANY_TEXTS = (
    *ODD_TOPICS,
    "Hi",
    "```",
    '{"title": 1}',
    "<think>hmm",
    "[FR]",
    "http://example.com",
    "Der Garten ist im Juni am sch\u00f6nsten, und wir gie\u00dfen ihn jeden Morgen.",
    "\u041a\u0430\u043a \u0432\u044b\u0431\u0440\u0430\u0442\u044c "
    "\u0432\u0435\u043b\u043e\u0441\u0438\u043f\u0435\u0434",
)


def write(topic, **changes):
    return llm.write(llm.ArticleRequest(topic, **changes), ACCOUNT)


def headings(article):
    return re.findall(r"^## .*$", article.body_markdown, re.MULTILINE)


class TestOffline(LLMCase):
    def test_an_article_has_everything_and_needs_no_repair(self):
        for topic in TOPICS:
            article = write(topic).article
            with self.subTest(topic):
                self.assertEqual(article.repairs, ())
                self.assertTrue(700 <= count_words(article.body_markdown) <= 900)
                self.assertTrue(50 <= len(article.seo_description) <= 156)
                self.assertTrue(article.seo_keywords)
                self.assertTrue(all(article.social.values()))

    def test_it_says_that_it_is_a_sample(self):
        for language in ("en_US", "fr_BE"):
            article = write("Bees", language=language).article
            self.assertRegex(article.body_html, r"^<blockquote>\s*<p><strong>Sample")
        self.assertIn("French (fr", article.body_html)

    def test_topics_that_people_meet_first_have_articles_of_their_own(self):
        for post in sample_posts.POSTS:
            answer = write(f" {post.title.upper()}. ", keywords=("own words",))
            article = answer.article
            with self.subTest(post.title):
                self.assertEqual(article.title, post.title)
                self.assertEqual(article.repairs, ())
                self.assertIn("Sample article.", article.body_html)
                self.assertGreaterEqual(len(headings(article)), 4)
                self.assertEqual(article.seo_keywords[0], "own words")
                self.assertTrue(120 <= len(article.seo_description) <= 155)

    def test_an_article_of_its_own_links_to_pages_too(self):
        links = (llm.Link("Our shop", "/shop"),)
        article = write(sample_posts.CHAIN.title, links=links).article
        self.assertIn('Read on: <a href="/shop">Our shop</a>.', article.body_html)

    def test_a_title_fits_where_search_engines_show_it(self):
        long = "What a small workshop of five people learned in its first winter"
        for topic in (*TOPICS, *(post.title for post in sample_posts.POSTS)):
            with self.subTest(topic):
                self.assertLessEqual(len(write(topic).article.title), 60)
        self.assertEqual(write(long).article.title, long)

    def test_a_search_title_has_no_tag_of_the_topic(self):
        topic = "<b>Bold</b> moves in a town with <img alt='x' class='wide'> hills"
        title = write(topic).article.seo_title
        self.assertTrue(title.startswith("Bold moves in a town"), title)
        self.assertNotIn("<", title)

    def test_a_title_and_the_texts_of_networks_have_no_half_of_a_tag(self):
        topic = '<b>Bold</b> & "quotes" <img src=x onerror=alert(1)> in a small town'
        article = write(topic).article
        self.assertTrue(article.title.startswith('Bold & "quotes" in a'), article.title)
        for text in (article.title, article.teaser, *article.social.values()):
            self.assertNotIn("<", text)
            self.assertNotIn("img", text)
        titles = llm.propose_titles(llm.TitlesRequest(topic), ACCOUNT).titles
        self.assertNotIn("img", " ".join(titles))

    def test_keywords_are_phrases_about_the_subject(self):
        for topic, subject in (
            ("Six ways to keep a garden tidy", "garden tidy"),
            ("How do I choose a bicycle for the city?", "bicycle for the city"),
            ("Seven mistakes people make with houseplants", "houseplants"),
            ("A guide to composting on a balcony", "composting on a balcony"),
            ("Bees in the city", "Bees in the city"),
        ):
            with self.subTest(topic):
                keywords = write(topic).article.seo_keywords
                self.assertEqual(keywords[:2], (subject, f"{subject} tips"))

    def test_the_same_topic_gives_the_same_article(self):
        self.assertEqual(write("Bees").article, write("Bees").article)

    def test_other_topics_give_other_articles(self):
        articles = [write(topic).article for topic in TOPICS]
        self.assertEqual(len({article.title for article in articles}), len(TOPICS))
        shapes = {tuple(headings(article)) for article in articles}
        self.assertEqual(len(shapes), len(TOPICS))
        self.assertGreater(len({article.social["x"] for article in articles}), 2)

    def test_the_topic_shows_in_every_part(self):
        article = write("Bees in the city").article
        for text in (
            article.title,
            article.teaser,
            article.body_markdown,
            article.seo_description,
            *article.social.values(),
        ):
            self.assertIn("Bees in the city", text)

    def test_odd_topics_do_no_harm(self):
        for topic in ODD_TOPICS:
            with self.subTest(topic[:30]):
                article = write(topic).article
                self.assertNotRegex(article.body_html, r"<(script|img|a)\b")
                self.assertLessEqual(len(article.title), 120)
                codes = {note.code for note in article.repairs}
                self.assertNotIn("body_links_removed", codes)

    def test_texts_of_any_length_and_language_have_a_sample_translation(self):
        for text in ANY_TEXTS:
            term = html.escape(text, quote=False)
            request = llm.TranslationRequest(
                topic=text,
                fields={"title": text, "teaser": text, "x": text},
                terms=(term,),
                labels=(text,),
                language="fr_FR",
            )
            with self.subTest(text[:30]):
                found = llm.request_translation(request, ACCOUNT).checked().translation
                self.assertEqual({*found.fields}, {"title", "teaser", "x"})
                self.assertIn("[FR] ", found.terms[term])
                self.assertIn("[FR]", found.labels[text])

    def test_other_samples_take_any_words_too(self):
        for text in ANY_TEXTS:
            words = {"language": "fr_FR", "blog_name": text}
            titles = llm.TitlesRequest(text, **words, teaser=text, article=text)
            social = llm.SocialRequest(text, network="x", room=200, **words)
            with self.subTest(text[:30]):
                self.assertTrue(llm.propose_titles(titles, ACCOUNT).titles)
                self.assertTrue(llm.write_social(social, ACCOUNT).text)
                ideas = llm.IdeasRequest(text, count=5, **words)
                self.assertTrue(llm.propose_ideas(ideas, ACCOUNT).ideas)
                outline = llm.OutlineRequest(text, **words)
                self.assertTrue(llm.propose_outline(outline, ACCOUNT).headings)

    def test_a_topic_is_shown_as_it_was_typed(self):
        article = write("Why <b>bold</b> is *not* [loud](x)").article
        self.assertIn("&lt;b&gt;bold&lt;/b&gt; is *not* [loud](x)", article.body_html)

    def test_the_length_follows_the_words_asked_for(self):
        lengths = [
            count_words(write("Bees", words=words).article.body_markdown)
            for words in (300, 600, 900, 1200, 9999)
        ]
        self.assertEqual(lengths, sorted(lengths))
        self.assertLess(lengths[0], 500)
        self.assertGreater(lengths[-1], 1100)

    def test_pages_of_the_site_are_linked(self):
        links = (llm.Link("Our [best] shop", "/shop"), llm.Link("Odd", "/a b(c)<d>"))
        article = write("Bees", links=links).article
        self.assertIn('<a href="/shop">Our [best] shop</a>', article.body_html)

    def test_blog_and_keywords_are_used(self):
        article = write("Bees", blog_name="The *Hive*", keywords=("honey",)).article
        self.assertIn("The *Hive*", article.body_html)
        self.assertIn("honey", article.seo_keywords)

    def test_usage_is_estimated(self):
        answer = write("Bees in the city")
        self.assertEqual(answer.calls[0].model_answered, "sample")
        self.assertTrue(150 < answer.usage.tokens_in < 450, answer.usage)
        self.assertTrue(1000 < answer.usage.tokens_out < 1450, answer.usage)

    def test_the_answer_is_json_as_a_model_would_send_it(self):
        fields = json.loads(answer_text(llm.ArticleRequest("Bees")))
        self.assertTrue(all(isinstance(value, str) for value in fields.values()))

    def test_connection_and_models_work_without_a_network(self):
        self.assertEqual(llm.check_connection(ACCOUNT).calls[0].outcome, "ok")
        self.assertEqual(llm.list_models(ACCOUNT).names, ("sample",))
