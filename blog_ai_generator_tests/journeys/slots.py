# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of daily slots and their topics."""

from datetime import date, timedelta

from .. import fixtures
from .case import (
    ADMINISTRATOR,
    CLOCK,
    DEFAULT_PROVIDER,
    FAULTS,
    RESTRICTED,
    WRITER,
    Case,
)
from .declared import journey

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@journey()
def pasted_topics_are_ordered_and_the_slot_takes_the_first(case: Case) -> None:
    fixtures.slot(case.env, "Mornings")
    case.tour("blog_ai_paste_order_and_run", WRITER)
    states = {"Hedgehogs welcome": "written"}
    states |= {"Mulch in May": "waiting", "A bench of oak": "waiting"}
    topics = case.env["blog.ai.topic"].search([("name", "in", list(states))])
    case.assertEqual({topic.name: topic.state for topic in topics}, states)


@journey(changes=[DEFAULT_PROVIDER])
def ideas_are_asked_for_and_chosen_for_the_queue(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    waiting = "Hedgehogs behind the compost heap"
    slot = fixtures.slot_with_topic(case.env, "Dry mornings", waiting)
    case.tour("blog_ai_ideas", WRITER)
    topics = case.env["blog.ai.topic"].search([("blog_id", "=", slot.blog_id.id)])
    states = {topic.name: topic.state for topic in topics}
    chosen = {waiting, "Cats among seedlings", "Lanterns along garden paths"}
    case.assertEqual({name for name in states if states[name] == "waiting"}, chosen)
    case.assertEqual(list(states.values()).count("idea"), 2)
    case.assertEqual(case.outcomes(("kind", "=", "ideas"))[-1], "ok")
    if case.llm:
        asked = [it.fields["messages"] for it in case.llm.requests if it.ideas]
        case.assertIn("when to sow broad beans", str(asked[-1]))


@journey()
def three_daily_slots_are_set_up(case: Case) -> None:
    url = case.llm.url if case.llm else ""
    fixtures.provider(case.env, "Lamplight", url, fixtures.GOOD_KEY)
    case.tour("blog_ai_three_daily_slots", WRITER)
    slots = case.env["blog.ai.slot"].search(
        [("name", "in", ["Daybreak", "After lunch", "Nightfall"])], order="hour"
    )
    case.assertEqual(
        [(it.hour, it.provider_id.name, it.model, it.publish) for it in slots],
        [
            (8.0, "Fake LLM", "good", True),
            (13.0, "Fake LLM", "reasoning", False),
            (18.0, "Lamplight", "no-usage", True),
        ],
    )


@journey(warnings=2)
def an_empty_queue_is_said(case: Case) -> None:
    blog = case.env["blog.blog"].create({"name": "Quiet mornings"})
    fixtures.slot(case.env, "Quiet mornings", blog_id=blog.id)
    case.tour("blog_ai_empty_queue", WRITER)
    case.assertFalse(case.generations(("blog_id", "=", blog.id)))


@journey(warnings=2)
def a_restricted_editor_sees_neither_generator_nor_providers(case: Case) -> None:
    case.tour("blog_ai_restricted_editor", RESTRICTED)


@journey(needs=[CLOCK])
def three_slots_due_at_once_publish_as_each_was_told(case: Case) -> None:
    blog = case.env["blog.blog"].create({"name": "Herbs"})
    for place, topic in enumerate(
        ("Lavender for bumblebees", "Thyme between flagstones", "Sage in heavy soil")
    ):
        case.env["blog.ai.topic"].create(
            {"name": topic, "blog_id": blog.id, "sequence": place}
        )
    with case.before():
        slots = [
            fixtures.slot(
                case.env,
                name,
                blog_id=blog.id,
                hour=8 + minute / 60,
                tz="UTC",
                publish=publish,
            )
            for name, minute, publish in (
                ("Eight sharp", 0, True),
                ("Two past eight", 2, False),
                ("Five past eight", 5, True),
            )
        ]
    case.morning("2025-06-02 08:05:30", *slots)
    case.tour("blog_ai_three_slots_at_once", WRITER)
    case.assertEqual(len(case.generations(("blog_id", "=", blog.id))), 3)


@journey(needs=[CLOCK, FAULTS])
def the_day_after_a_failed_one_is_written(case: Case) -> None:
    provider = case.provider("Fake LLM, wrong key", key=fixtures.BAD_KEY)
    with case.before():
        slot = fixtures.slot_with_topic(
            case.env,
            "Ivy mornings",
            "Ivy on old walls",
            provider_id=provider.id,
            hour=8.0,
            tz="UTC",
        )
    case.env["blog.ai.topic"].create(
        {"name": "Moss in the lawn", "blog_id": slot.blog_id.id, "sequence": 20}
    )
    case.morning("2025-06-02 08:00:30", slot)
    case.tour("blog_ai_mend_key_of_failed_slot", ADMINISTRATOR)
    case.morning("2025-06-03 08:00:30", slot)
    case.tour("blog_ai_next_day_is_written", WRITER)
    days = case.env["blog.ai.slot.day"].search(
        [("slot_id", "=", slot.id), ("generation_id", "!=", False)], order="day"
    )
    case.assertEqual([day.state for day in days], ["failed", "written"])


@journey(needs=[CLOCK])
def slots_of_two_websites_publish_there_at_their_own_times(case: Case) -> None:
    first = case.env["website"].search([], limit=1).ensure_one()
    site = case.env["website"].create({"name": "Kiwi site", "sequence": 99})
    group = case.env.ref("website.group_multi_website")
    case.person(WRITER).write({"group_ids": [(4, group.id)]})
    with case.before():
        kiwi = fixtures.slot_with_topic(
            case.env,
            "Kiwi mornings",
            "Tree ferns and their water",
            tz="Pacific/Auckland",
            hour=8.0,
            publish=True,
        )
        home = fixtures.slot_with_topic(
            case.env,
            "Mornings at home",
            "Birch sap",
            tz="Europe/Berlin",
            hour=8.0,
            publish=True,
        )
        kiwi.blog_id.website_id = site
        home.blog_id.website_id = first
    # Monday at eight in Auckland, Sunday at ten in the evening in Berlin.
    case.morning("2025-06-01 20:00:30", kiwi)
    case.assertFalse(home.last_day_id)
    case.tour("blog_ai_second_website", WRITER)
    case.morning("2025-06-02 06:00:30", home)
    case.tour("blog_ai_first_website", WRITER)
    site.domain = "http://kiwi.example.com"
    places = [
        (first, None, case.generation("Birch sap").post_id),
        (
            site,
            "kiwi.example.com",
            case.generation("Tree ferns and their water").post_id,
        ),
    ]
    for website, own, post in places:
        case.assertEqual(post.website_id, website)
        for _website, host, _post in places:
            answer, text = case.visit(post.website_url, host)
            case.assertEqual(answer, 200 if host == own else 404)
            case.assertEqual(post.name in text, host == own)


@journey(warnings=1)
def what_is_planned_is_dragged_to_another_day(case: Case) -> None:
    """Five days that a month shows together, and that the slot has planned."""
    first = date.today() + timedelta(days=1)
    if (first + timedelta(days=4)).month != first.month:
        first = (first + timedelta(days=5)).replace(day=1)
    days = [str(first + timedelta(days=ahead)) for ahead in range(5)]
    blog = case.env["blog.blog"].create({"name": "Balconies"})
    topic = case.env["blog.ai.topic"].create(
        {"name": "Tulips in old tins", "blog_id": blog.id, "not_before": days[0]}
    )
    fixtures.slot(
        case.env,
        "Balcony mornings",
        blog_id=blog.id,
        tz="UTC",
        **{day: place == first.weekday() for place, day in enumerate(WEEKDAYS)},
    )
    draft, approved = case.env["blog.post"].create(
        [
            {
                "name": name,
                "blog_id": blog.id,
                "is_published": is_published,
                "published_date": f"{day} 12:00:00",
            }
            for name, day, is_published in (
                ("A wall for wild bees", days[1], False),
                ("Ferns on the north side", days[2], True),
            )
        ]
    )
    case.tour("blog_ai_plan", WRITER)
    case.assertEqual(str(draft.post_date), f"{days[4]} 12:00:00")
    case.assertEqual(str(topic.not_before), days[3])
    case.assertEqual(str(approved.post_date), f"{days[1]} 12:00:00")
    case.assertEqual((draft + approved).mapped("is_published"), [False, True])
