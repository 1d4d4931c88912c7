# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from unittest.mock import patch

from odoo.tests import Form, freeze_time, tagged

from .. import llm
from ..pictures import MODEL, mimetype_of, refusal_of
from .common import BlogAiCase
from .cover_case import GeneratedCase, file_of


@tagged("post_install", "-at_install")
class TestAcceptedPictures(BlogAiCase):
    """Files from outside: what a page may show."""

    def test_pictures_of_two_kinds_are_accepted_and_told_by_their_content(self):
        for kind in ("JPEG", "PNG"):
            raw = file_of(kind)
            self.assertEqual(refusal_of(raw), "")
            self.assertEqual(mimetype_of(raw), f"image/{kind.lower()}")

    def test_nothing_else_is_accepted(self):
        for raw in (
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!doctype html>",
            file_of("GIF"),
            file_of("BMP"),
            file_of("JPEG")[:900],
            file_of("PNG", (40, 40)),
        ):
            with self.subTest(raw[:20]):
                self.assertEqual(refusal_of(raw), "no_picture")

    def test_too_many_bytes_or_pixels_are_refused_before_they_are_decoded(self):
        bomb = file_of("PNG", (12000, 12000), "1")
        self.assertLess(len(bomb), 100_000)
        with patch("PIL.ImageFile.ImageFile.load", side_effect=AssertionError):
            self.assertEqual(refusal_of(bomb), "large_picture")
            self.assertEqual(refusal_of(bytes(5_000_000)), "large_picture")


@tagged("post_install", "-at_install")
class TestGeneratedCover(GeneratedCase):
    def test_a_post_is_there_with_a_drawn_cover_and_then_gets_its_picture(self):
        generation = self.written()
        post = generation.post_id
        drawn = post.website_meta_og_img
        self.assertTrue(drawn.endswith("share.jpg"))
        self.assertEqual(self.waiting, generation.ids)
        self.look()
        picture = self.picture(post)
        self.assertEqual(post.website_meta_og_img, picture._blog_ai_url())
        properties = json.loads(post.cover_properties)
        self.assertEqual(
            properties["background-image"], f"url({picture._blog_ai_url()})"
        )
        self.assertTrue(picture.public)
        self.assertIn("made", generation.repairs)

    def test_the_file_says_that_a_model_made_it(self):
        picture = self.picture(self.illustrated().post_id)
        self.assertIn(MODEL.encode(), picture.raw)
        self.assertEqual(picture.mimetype, "image/jpeg")

    def test_a_file_that_says_so_itself_stays_as_it_came(self):
        raw = file_of() + b"<x:xmpmeta>c2pa.claim</x:xmpmeta>"

        def make(request, account, cancellation=None, accept=None):
            return llm.Pictures((raw,), ())

        with patch.object(llm, "make_pictures", make):
            picture = self.picture(self.illustrated().post_id)
        self.assertEqual(picture.raw, raw)

    def test_the_call_is_on_record(self):
        generation = self.illustrated()
        call = self.calls()
        self.assertEqual(call.generation_id, generation)
        self.assertEqual((call.outcome, call.provider_id), ("ok", self.offline))
        self.assertTrue(call.tokens_out and call.prompt_version)

    def test_a_blog_that_wants_none_asks_for_none(self):
        for choice in ("drawn", "library", "none"):
            self.blog.blog_ai_cover = choice
            self.written(topic=f"Lemons {choice}")
        self.assertFalse(self.waiting)

    def test_each_failure_is_a_note_and_the_drawn_cover_stays(self):
        for code, reason in (
            ("refused", ""),
            ("timeout", ""),
            ("authentication", ""),
            ("unusable", "no_picture"),
            ("unusable", "large_picture"),
        ):
            with self.subTest(code=code, reason=reason):
                self.waiting.clear()
                error = llm.LLMError(code, "why", reason=reason)
                with patch.object(llm, "make_pictures", side_effect=error):
                    generation = self.illustrated(topic=f"Limes {code} {reason}")
                self.assertEqual(generation.state, "done")
                self.assertFalse(self.picture(generation.post_id))
                self.assertIn("gave no picture", generation.repairs)
                self.assertGreater(len(generation.repair_notes), 1)
        self.assertEqual(
            {*self.calls().mapped("outcome")},
            {"refused", "timeout", "authentication", "unusable"},
        )

    def test_no_key_is_a_note_and_no_call(self):
        provider = self.env["blog.ai.provider"].create(
            {"name": "Keyless", "preset": "openai"}
        )
        self.blog.blog_ai_picture_provider_id = provider
        self.assertIn("Keyless has no API key", self.illustrated().repairs)
        self.assertFalse(self.calls())

    def test_a_cover_that_a_person_chose_meanwhile_stays(self):
        generation = self.written()
        generation.post_id.website_meta_og_img = "/web/image/1/mine.png"
        self.look()
        self.assertFalse(self.calls())
        self.assertEqual(
            generation.post_id.website_meta_og_img, "/web/image/1/mine.png"
        )

    def test_a_post_that_is_gone_costs_nothing(self):
        self.written().post_id.unlink()
        self.look()
        self.assertFalse(self.calls())

    def test_a_server_that_stops_meanwhile_is_a_note_and_the_next_source_is_asked(self):
        self.blog.blog_ai_cover_second = "library"
        mine = self.uploaded("citrus.png")

        def begin(ask, question):
            ask._begin()

        self.patch(self.registry["blog.ai.ask"], "_start", begin)
        generation = self.illustrated(keywords="citrus")
        call = self.calls()
        self.assertEqual(call.outcome, "pending")
        call.flush_recordset()
        self.env.cr.execute(
            "UPDATE blog_ai_call SET create_date = create_date - interval '1 hour' "
            "WHERE id = %s",
            [call.id],
        )
        call.invalidate_recordset()
        call._set_outcome_lost()
        self.assertEqual(call.outcome, "lost")
        self.assertIn("Odoo was stopped", generation.repairs)
        self.assertEqual(generation.post_id.website_meta_og_img, mine._blog_ai_url())

    def uploaded(self, name):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": file_of("PNG"),
                "public": True,
                "res_model": "ir.ui.view",
            }
        )

    def test_the_library_comes_after_it_if_the_blog_wants_that(self):
        self.blog.blog_ai_cover_second = "library"
        mine = self.uploaded("citrus.png")
        error = llm.LLMError("refused", "why")
        with patch.object(llm, "make_pictures", side_effect=error):
            generation = self.illustrated(keywords="citrus")
        self.assertEqual(generation.post_id.website_meta_og_img, mine._blog_ai_url())
        self.assertIn("citrus.png", generation.repairs)

    @freeze_time("2026-12-02")
    def test_a_model_that_ends_is_named_where_it_is_chosen(self):
        painter = self.paid()
        infos = [
            llm.ModelInfo("gpt-image-1", "2026-12-01"),
            llm.ModelInfo("gpt-image-2.6-flare", "2027-01-14"),
            llm.ModelInfo("gpt-image-3"),
        ]
        painter._set_available_models(llm.ModelList((*infos,), ()))
        with Form(self.blog.with_user(self.writer)) as form:
            form.blog_ai_picture_provider_id = painter
            for model, said in (
                ("gpt-image-1", "The provider has switched off gpt-image-1."),
                ("gpt-image-3", ""),
                ("", "The provider switches off gpt-image-2.6-flare on Jan 14, 2027."),
            ):
                form.blog_ai_picture_model = model
                self.assertIn(said, form.blog_ai_picture_model_warning or "")
                self.assertEqual(bool(said), bool(form.blog_ai_picture_model_warning))
            form.blog_ai_cover = "drawn"
            self.assertFalse(form.blog_ai_picture_model_warning)

    def test_the_library_comes_before_it_if_the_blog_wants_that(self):
        self.blog.blog_ai_cover = "library"
        self.blog.blog_ai_cover_second = "generated"
        self.assertTrue(self.picture(self.illustrated().post_id))


@tagged("post_install", "-at_install")
class TestGeneratedCoverCost(GeneratedCase):
    def test_a_picture_costs_what_its_own_model_costs(self):
        provider = self.paid()
        prices = provider._picture_prices("gpt-image-2.6-flare")
        self.assertEqual(prices.out, 30)
        self.assertFalse(provider._picture_prices("another-model").are_known)
        estimate = provider._picture_estimate("gpt-image-2.6-flare", 1)
        self.assertRegex(estimate, r"^about 0\.05 USD$")

    def test_a_budget_without_room_is_a_note_and_no_call(self):
        self.blog.blog_ai_picture_provider_id = self.paid()
        self.env.company.blog_ai_budget = 0.01
        generation = self.illustrated()
        self.assertFalse(self.calls())
        self.assertFalse(self.picture(generation.post_id))
        self.assertIn("gave no picture", generation.repairs)

    def test_a_budget_needs_a_price(self):
        self.blog.blog_ai_picture_provider_id = self.paid()
        self.blog.blog_ai_picture_model = "nobody-knows"
        self.env.company.blog_ai_budget = 100
        self.assertIn("prices of Painter are not known", self.illustrated().repairs)
        self.assertFalse(self.calls())

    def test_it_is_counted_in_the_sum_of_the_generation_and_of_the_month(self):
        self.blog.blog_ai_picture_provider_id = self.paid()
        self.env.company.blog_ai_budget = 100
        record = llm.CallRecord(
            "picture",
            "gpt-image-2.6-flare",
            "",
            llm.Usage(100, 1372),
            5,
            "ok",
            200,
            "",
            "",
            "",
        )

        def make(request, account, cancellation=None, accept=None):
            self.assertEqual(account.model, "gpt-image-2.6-flare")
            return llm.Pictures((file_of(),), (record,))

        with patch.object(llm, "make_pictures", make):
            generation = self.illustrated()
        cost = (100 * 5 + 1372 * 30) / 1_000_000
        self.assertAlmostEqual(self.calls().cost, cost)
        self.assertAlmostEqual(generation.cost, cost)
        budget = self.env["blog.ai.budget"].search([("spent", ">", 0)], limit=1)
        self.assertAlmostEqual(budget.spent, cost)
