# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from dataclasses import replace
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .. import llm
from ..llm.picture import picture_prompt
from ..llm.prompt import ADDRESS_LIMIT, HEADING_LIMIT, MOST_HEADINGS, OFFERED_LINKS
from ..models.blog_ai_ask import PAID
from ..models.blog_ai_brief_mixin_texts import MAX_KEYWORDS, MAX_NOTES, MAX_TOPIC
from ..pump.prices import worst_in
from .budget_case import BudgetCase
from .test_translation import TranslationCase

# Letters of two, three and four octets.
LETTERS = ("я", "ग", "𐐷")
SECTION = "<h2>{0}</h2><p>{0} {0}</p>"


def most_tokens(prompt) -> int:
    """Return how many tokens a prompt has at most: one of two octets."""
    schema = json.dumps(prompt.schema) if prompt.schema else ""
    return (len((prompt.system + schema).encode()) + prompt.octets) // 2


def lines(letter: str, limit: int) -> str:
    """Return as many lines as a text of this length can have."""
    return "\n".join(letter * ((limit + 1) // 2))


@tagged("post_install", "-at_install")
class TestWorstCaseOfPosts(BudgetCase):
    def voice(self, letter):
        return self.env["blog.ai.voice"].create(
            {
                "name": f"Voice of {letter}",
                "audience": letter,
                "tone": letter,
                "point_of_view": "none",
                "do": letter,
                "dont": letter,
                "sample": letter * 90,
                "sample_2": letter,
                "term_ids": [
                    Command.create({"word": f"{letter} {rule}", "rule": rule, **values})
                    for rule, values in (
                        ("always", {}),
                        ("never", {}),
                        ("as", {"instead": letter}),
                    )
                ],
            }
        )

    def longest(self, letter, **values):
        """Return a generation whose texts are as long as they may be."""
        return self.ask(
            letter * MAX_TOPIC,
            provider_id=self.paid.id,
            notes=lines(letter, MAX_NOTES),
            outline="\n".join([letter * HEADING_LIMIT] * MOST_HEADINGS),
            voice_id=self.voice(letter).id,
            blog_id=self.env["blog.blog"].create({"name": letter * 500}).id,
            **values,
        )

    def longest_prompt(self, generation, letter):
        link = llm.Link(letter * 200, "/".ljust(ADDRESS_LIMIT, "a"))
        request = replace(
            generation._prepare_request(),
            language="sr@latin",
            links=(link,) * OFFERED_LINKS,
        )
        return llm.article_prompt(request, 0)

    def test_the_longest_prompt_of_an_article_fits_what_is_reserved(self):
        for letter in LETTERS:
            tag = self.env["blog.tag"].create({"name": letter * MAX_KEYWORDS})
            for values in (
                {"tag_ids": [Command.set(tag.ids)]},
                {"keywords": letter * MAX_KEYWORDS},
            ):
                with self.subTest(letter, of=[*values]):
                    generation = self.longest(letter, **values)
                    prompt = self.longest_prompt(generation, letter)
                    for sent in ("> ", "Blog: ", "Keywords: ", "- "):
                        self.assertIn(f"\n{sent}{letter}", prompt.user)
                    most = most_tokens(prompt)
                    self.assertLessEqual(most, worst_in(generation._octets()))
                    # The claim says the same in SQL.
                    self.claim(generation)
                    reserved = generation.call_ids.reserved
                    self.assertAlmostEqual(reserved, generation._worst_cost(), 6)

    def test_a_page_with_an_endless_address_is_not_offered(self):
        request = llm.ArticleRequest(
            "Figs", links=(llm.Link("Far", "/" + "a" * ADDRESS_LIMIT),)
        )
        self.assertNotIn("Far", llm.article_prompt(request, 0).user)


@tagged("post_install", "-at_install")
class TestWorstCaseOfCalls(BudgetCase):
    """Calls for which a person waits: the prompt is known when money is reserved."""

    def setUp(self):
        super().setUp()
        generation = self.ask(provider_id=self.paid.id)
        self.attempt(generation)
        self.post = generation.post_id
        self.post.content = SECTION.format("ग" * 2000) * 2
        self.sent = []

    def reserved_for(self, act) -> tuple[str, float]:
        """Return the kind of a call, and the input tokens that it may have."""
        asks = self.env["blog.ai.ask"]
        before = asks.search([])
        act()
        (ask,) = asks.search([]) - before
        output = self.paid.price_out * self.paid.max_output_tokens
        return ask.kind, (ask.worst * 1e6 - output) / self.paid.price_in

    def ways(self):
        offered = self.post.action_blog_ai_rewrite_section()
        sections = self.env["blog.ai.section"].search(offered["domain"])
        sections[1].reason = lines("ग", 2000)
        brief = {"blog_id": self.post.blog_id.id, "provider_id": self.paid.id}
        outline = {**brief, "topic": "ग" * 500, "notes": lines("ग", MAX_NOTES)}
        ideas = {**brief, "direction": "ग" * 300}
        return (
            self.post.action_blog_ai_propose_titles,
            self.post.action_blog_ai_refresh,
            sections[1].action_rewrite,
            self.env["blog.ai.write"].create(outline).action_outline,
            self.env["blog.ai.ideas"].create(ideas).action_ask,
            lambda: self.env["blog.post.social"].write_again(self.post.id, "x", ""),
        )

    def test_each_prompt_fits_what_is_reserved(self):
        adapter = type(llm.PROTOCOLS["offline"])
        complete = adapter.complete

        def listening(self_, prompt, *args):
            self.sent.append(prompt)
            return complete(self_, prompt, *args)

        kinds = {"picture"}
        with patch.object(adapter, "complete", listening):
            for way in self.ways():
                kind, tokens = self.reserved_for(way)
                kinds.add(kind)
                with self.subTest(kind):
                    self.assertLessEqual(most_tokens(self.sent.pop()), round(tokens))
        self.assertEqual(kinds, set(PAID), "A kind is missing here.")

    def test_so_does_the_prompt_of_a_picture(self):
        request = llm.PictureRequest("ग" * 500, teaser=lines("ग", 300), style="ग" * 300)
        prompt = picture_prompt(request)
        self.assertLessEqual(most_tokens(prompt), worst_in(prompt.octets))


@tagged("post_install", "-at_install")
class TestWorstCaseOfTranslations(TranslationCase):
    def test_the_longest_prompt_fits_what_is_reserved(self):
        self.post.content = "".join(f"<p>{n} {'ग' * 400}</p>" for n in range(40))
        generation = self.translate()
        generation.notes = lines("ग", MAX_NOTES)
        prompt = llm.translation_prompt(generation._translation_request(), 0)
        self.assertIn("> ग", prompt.user)
        # Leave out what is kept free for texts that somebody adds meanwhile.
        spare = generation.source_octets * 0.2
        most = worst_in(generation._octets() - round(spare))
        self.assertLessEqual(most_tokens(prompt), most)
