# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of drafts and their review."""

from .. import fixtures
from .case import DEFAULT_PROVIDER, GENERATIONS, WRITER, Case
from .declared import journey


@journey()
def a_draft_is_approved_by_its_activity_and_read_by_a_visitor(case: Case) -> None:
    topic, reviewer = "A hedge that feeds birds", case.person(WRITER)
    fixtures.slot_with_topic(case.env, "Hedges", topic, reviewer_id=reviewer.id)
    case.tour("blog_ai_approve_by_activity", WRITER)
    generation = case.generation(topic)
    case.assertEqual(generation.review_state, "approved")
    case.assertEqual(generation.reviewed_by.login, reviewer.login)
    case.assertFalse(generation.post_id.activity_ids)


@journey()
def a_draft_approved_for_a_date_is_kept_until_then(case: Case) -> None:
    topic, reviewer = "Asters for the last bees", case.person(WRITER)
    fixtures.slot_with_topic(case.env, "Asters", topic, reviewer_id=reviewer.id)
    case.tour("blog_ai_approve_for_a_date", WRITER)
    generation = case.generation(topic)
    case.assertEqual(generation.review_state, "approved")
    case.assertEqual(str(generation.post_id.published_date)[:10], "2099-05-15")
    case.assertFalse(generation.notified_at, "Nobody is mailed before.")
    case.assertNotIn(topic, case.visit(generation.post_id.website_url)[1])


@journey()
def a_rejected_draft_is_written_again(case: Case) -> None:
    topic, reviewer = "Watering in a dry summer", case.person(WRITER)
    fixtures.slot_with_topic(case.env, "Watering", topic, reviewer_id=reviewer.id)
    case.tour("blog_ai_reject_and_write_again", WRITER)
    generations = case.generations(("topic", "=", topic))
    case.assertEqual([it.review_state for it in generations], ["rejected", "pending"])
    case.assertEqual([it.slot_id.name for it in generations], ["Watering"] * 2)
    case.assertEqual([bool(it.slot_day) for it in generations], [True, False])


@journey()
def a_draft_that_nobody_reviews_is_rejected(case: Case) -> None:
    case.tour("blog_ai_reject_own_draft", WRITER)
    generation = case.generation("Turnips nobody asked for")
    case.assertEqual(generation.review_state, "rejected")
    (post,) = generation.with_context(active_test=False).post_ids
    case.assertFalse(post.active or post.is_published)


@journey()
def a_draft_that_nobody_reviews_is_published(case: Case) -> None:
    case.tour("blog_ai_publish_draft", WRITER)
    generation = case.generation("Parsnips after the first frost")
    case.assertEqual(generation.review_state, "none")
    case.assertTrue(generation.post_id.is_published)
    case.assertEqual(generation.post_id.blog_ai_grade, "reviewed")


@journey()
def what_another_window_has_published_is_not_published_twice(case: Case) -> None:
    reader = case.env["res.partner"].create(
        {"name": "Otto", "email": "otto@example.com"}
    )
    fixtures.add_default_recipient(case.env, reader)
    case.tour("blog_ai_published_elsewhere", WRITER)
    post = case.generation("Swedes for a late soup").post_id
    case.assertTrue(post.is_published)
    mails = case.mails("otto@example.com", about=post.name)
    case.assertEqual(len(mails), 1, "One mail for one post")


@journey()
def what_another_window_has_approved_is_not_approved_twice(case: Case) -> None:
    topic, reviewer = "Leeks that stand the frost", case.person(WRITER)
    fixtures.slot_with_topic(case.env, "Leeks", topic, reviewer_id=reviewer.id)
    case.tour("blog_ai_approved_elsewhere", WRITER)
    generation = case.generation(topic)
    case.assertEqual(generation.review_state, "approved")
    case.assertTrue(generation.post_id.is_published)
    case.assertFalse(generation.post_id.activity_ids)


@journey(changes=[DEFAULT_PROVIDER], phone=True)
def a_draft_is_published_from_its_own_form_on_a_phone(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    case.tour("blog_ai_publish_phone", WRITER, GENERATIONS)
    case.assertTrue(case.generation("Kohlrabi in a window box").post_id.is_published)


@journey()
def what_a_slot_published_is_listed_until_somebody_opens_it(case: Case) -> None:
    topic = "Slugs and how to live with them"
    fixtures.slot_with_topic(case.env, "Slugs", topic, publish=True)
    case.tour("blog_ai_not_looked_at", WRITER)
    case.assertTrue(case.generation(topic).looked_at)
