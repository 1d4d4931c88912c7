# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people do with the product: what each finds, does, and leaves behind.

Declared once and run twice: inside ``--test-enable`` by ``tests/test_tours.py``, in a
transaction that nobody else sees, and by ``live`` on a real server, beside each other.
So a journey has records of its own, by whose names it finds what it looks at.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

from . import fixtures
from .llm_server import LLMServer

WRITER, OTHER_WRITER, RESTRICTED, ADMINISTRATOR = "vera", "max", "rita", "admin"
MAKERS = {
    WRITER: fixtures.writer,
    OTHER_WRITER: fixtures.writer,
    RESTRICTED: fixtures.restricted_editor,
    ADMINISTRATOR: fixtures.administrator,
}
WEBSITE = "/odoo/action-website.website_preview?path=%2F"
GENERATIONS = "/odoo/blog-ai-generations"
PROVIDERS = "/odoo/action-blog_ai_generator.action_provider"
OUTBOX = "/odoo/action-mail.action_view_mail_mail"

# What a journey may need of the server, beside a browser and an administrator.
FAULTS = "faults"  # a provider that fails, waits or says what it was told to
CLOCK = "clock"  # mornings that come when they are wanted
RESTART = "restart"  # a server that can be restarted

DEFAULT_PROVIDER = "default provider"


class Case:
    """What a journey is given: records, people, a browser, assertions.

    Mixed into a ``unittest.TestCase`` by each runner.

    :ivar env: of an administrator
    :ivar llm: the provider in a box; None where the offline writer stands in
    :ivar site_url: where the site is, without a path; a mail's links begin with it
    """

    llm: LLMServer | None
    site_url: str

    def person(self, role: str):
        """The user who plays a role, made when he is first asked for."""
        raise NotImplementedError

    def tour(self, name: str, role: str, url: str = WEBSITE) -> None:
        """Run a tour to its end in a browser of its own, and wait for the pump."""
        raise NotImplementedError

    def tours_at_once(self, name: str, *roles: str) -> None:
        """Run a tour that ends before its post is written for several people, so that
        their posts are written side by side."""
        raise NotImplementedError

    def before(self) -> AbstractContextManager:
        """Days before those of ``morning``: when the slots of a journey are made."""
        raise NotImplementedError

    def morning(self, moment: str, *slots) -> None:
        """Let the next planned day of some slots come, and be written.

        :param moment: in UTC, for a runner whose clock can be set
        """
        raise NotImplementedError

    def mails(self, address: str, about: str) -> list[str]:
        """The HTML of the mails with this in their subject that went to somebody."""
        raise NotImplementedError

    def visit(self, path: str, host: str | None = None) -> tuple[int, str]:
        """A page as a visitor gets it: status and text."""
        raise NotImplementedError

    def leave_open(self, name: str, role: str) -> AbstractContextManager:
        """Run a tour and go on with what it shows: a ``live.browser.Page``."""
        raise NotImplementedError

    def restart(self) -> None:
        """End every process of the server, whatever it is at, and start it again."""
        raise NotImplementedError

    def box(self, name: str, behaviour: str = "good", key: str = fixtures.GOOD_KEY):
        """A provider; ``behaviour`` is a model of the provider in a box."""
        return fixtures.provider(self.env, name, self.llm.url, key, behaviour)

    def calls_at_once(self, behaviour: str) -> int:
        """How many calls with this behaviour were under way at the same time."""
        calls = [
            (call.time, call.time + call.seconds)
            for call in self.llm.requests
            if call.model == behaviour
        ]
        return max(
            sum(begin <= moment < end for begin, end in calls) for moment, _ in calls
        )

    def generations(self, *domain, order: str = "id"):
        return self.env["blog.ai.generation"].search(list(domain), order=order)

    def generation(self, topic: str):
        return self.generations(("topic", "=", topic)).ensure_one()

    def outcomes(self, *domain) -> list[str]:
        """How the calls ended, the first one first."""
        calls = self.env["blog.ai.call"].search(list(domain), order="id")
        return [call.outcome for call in calls]


class Journey(NamedTuple):
    """One journey.

    :param play: called with a ``Case``
    :param needs: of the server
    :param changes: settings of the whole site; journeys that change the same one are
        not played at once
    :param alone: it is played beside no other
    :param phone: on a phone's screen
    :param warnings: how many refusals Odoo logs because of it
    """

    play: Callable[[Case], None]
    needs: frozenset[str]
    changes: frozenset[str]
    alone: bool
    phone: bool
    warnings: int

    @property
    def name(self) -> str:
        return self.play.__name__


JOURNEYS: list[Journey] = []


def journey(needs=(), changes=(), alone=False, phone=False, warnings=0) -> Callable:
    def declare(play: Callable[[Case], None]) -> Callable[[Case], None]:
        JOURNEYS.append(
            Journey(play, frozenset(needs), frozenset(changes), alone, phone, warnings)
        )
        return play

    return declare


# One post


@journey()
def a_post_is_written_published_read_and_mailed(case: Case) -> None:
    reader = case.env["res.partner"].create(
        {"name": "Rosa", "email": "rosa@example.com"}
    )
    fixtures.tell(case.env, reader)
    case.tour("blog_ai_write_and_publish", WRITER)
    post = case.generation("Sourdough without a schedule").post_id
    case.assertTrue(post.is_seo_optimized)
    case.assertEqual(post.create_uid.login, case.person(WRITER).login)
    mails = case.mails("rosa@example.com", about="Sourdough")
    case.assertEqual(len(mails), 1, "One mail for one post")
    case.assertIn(f"{case.site_url}/blog/garden-notes", mails[0])
    case.tour("blog_ai_outbox_holds_mail", ADMINISTRATOR, OUTBOX)


@journey()
def a_draft_is_kept_from_visitors(case: Case) -> None:
    case.tour("blog_ai_keep_as_draft", WRITER)
    post = case.generation("Pruning roses in winter").post_id
    case.assertFalse(post.is_published)


@journey(needs=[FAULTS], changes=[DEFAULT_PROVIDER])
def a_refused_key_is_explained_and_creates_nothing(case: Case) -> None:
    fixtures.default_provider_with_wrong_key(case.env, case.llm.url)
    case.tour("blog_ai_wrong_key", WRITER)
    generation = case.generation("Bees on a balcony")
    case.assertEqual(generation.state, "failed")
    case.assertEqual(
        case.outcomes(("generation_id", "=", generation.id)), ["authentication"]
    )
    case.assertFalse(generation.post_ids)


@journey(needs=[FAULTS], changes=[DEFAULT_PROVIDER])
def after_the_key_is_fixed_a_retry_writes_the_post(case: Case) -> None:
    fixtures.default_provider_with_wrong_key(case.env, case.llm.url)
    case.tour("blog_ai_fix_key_and_retry", ADMINISTRATOR)
    generation = case.generation("A pond for dragonflies")
    case.assertEqual(len(generation.post_ids), 1)
    case.assertEqual(
        case.outcomes(("generation_id", "=", generation.id)), ["authentication", "ok"]
    )


@journey(needs=[FAULTS])
def two_writers_at_once_each_get_their_post(case: Case) -> None:
    case.box("Box, unhurried", "latency-3")
    case.tours_at_once("blog_ai_two_writers_ask", WRITER, OTHER_WRITER)
    for role in (WRITER, OTHER_WRITER):
        case.tour("blog_ai_two_writers_read", role)
    case.assertEqual(case.calls_at_once("latency-3"), 2)
    generations = case.generations(("topic", "like", "Compost as % makes it"))
    case.assertEqual([it.state for it in generations], ["done", "done"])
    case.assertEqual([len(it.post_ids) for it in generations], [1, 1])


@journey(needs=[FAULTS], warnings=1)
def a_connection_is_tested_good_and_bad(case: Case) -> None:
    bad = case.box("Box, stale key", key=fixtures.BAD_KEY)
    case.tour("blog_ai_connection_test", ADMINISTRATOR, PROVIDERS)
    good = fixtures.named(case.env, "blog.ai.provider", "Box")
    for provider, outcome in ((good, "ok"), (bad, "authentication")):
        tests = case.outcomes(("kind", "=", "test"), ("provider_id", "=", provider.id))
        case.assertEqual(tests, [outcome])


@journey(changes=[DEFAULT_PROVIDER], phone=True)
def a_post_is_asked_for_on_a_phone(case: Case) -> None:
    fixtures.write_with(case.env, "Box")
    case.tour("blog_ai_phone", WRITER, GENERATIONS)


@journey()
def search_engines_find_what_they_look_for(case: Case) -> None:
    case.tour("blog_ai_seo", WRITER)


# Waiting, failing, trying again


@journey(needs=[FAULTS])
def progress_is_seen_without_a_reload(case: Case) -> None:
    case.box("Box, slow", "latency-2.5")
    case.tour("blog_ai_progress_without_reload", WRITER)


@journey(needs=[FAULTS])
def a_rate_limit_ends_by_itself(case: Case) -> None:
    case.box("Box, busy once", "rate-limit-once-3")
    case.tour("blog_ai_rate_limit", WRITER)


@journey(needs=[FAULTS])
def a_queued_generation_is_cancelled(case: Case) -> None:
    case.box("Box, busy for long", "rate-limit-3000")
    case.tour("blog_ai_cancel", WRITER)
    generation = case.generation("Gooseberries nobody wants")
    case.assertEqual(generation.state, "cancelled")
    case.assertFalse(generation.post_ids)


@journey(needs=[FAULTS], alone=True)
def each_error_is_explained_and_nothing_is_lost(case: Case) -> None:
    fixtures.one_short_attempt(case.env)
    case.box("Box, never answers", "never")
    case.box("Box, broken", "error-500")
    case.box("Box, malformed", "malformed")
    case.box("Box, truncated", "truncated")
    case.tour("blog_ai_errors_are_explained", WRITER)
    case.assertEqual(
        case.outcomes(("generation_id.topic", "like", "Hedges as seen by")),
        ["timeout", "overloaded", "unusable", "truncated"],
    )


@journey(needs=[FAULTS])
def failed_generations_are_filtered_and_retried(case: Case) -> None:
    case.box("Box, no credit", "quota")
    case.tour("blog_ai_filter_and_retry", WRITER)


@journey()
def a_duplicate_is_noticed_and_a_person_may_write_it(case: Case) -> None:
    case.tour("blog_ai_duplicate_noticed", WRITER)


@journey(needs=[FAULTS, RESTART], alone=True)
def an_open_page_outlives_a_restart_in_mid_generation(case: Case) -> None:
    # So long, and half a minute, the lost call keeps its lease.
    fixtures.set_limit(case.env, "call_timeout", 5)
    fixtures.set_limit(case.env, "max_attempts", 3)
    case.box("Box, interrupted", "latency-4")
    with case.leave_open("blog_ai_ask_and_wait", WRITER) as page:
        case.restart()
        page.wait_for("[data-blog-ai=done]", seconds=90)
        case.assertEqual(page.loads, 0, "The page was not loaded again.")
    generation = case.generation("Marigolds between the beans")
    case.assertEqual(
        case.outcomes(("generation_id", "=", generation.id)), ["lost", "ok"]
    )
    case.assertEqual(len(generation.post_ids), 1)


# Daily slots and their topics


@journey()
def pasted_topics_are_ordered_and_the_slot_takes_the_first(case: Case) -> None:
    fixtures.slot(case.env, "Mornings")
    case.tour("blog_ai_paste_order_and_run", WRITER)
    states = {"Hedgehogs welcome": "written"}
    states |= {"Mulch in May": "waiting", "A bench of oak": "waiting"}
    topics = case.env["blog.ai.topic"].search([("name", "in", list(states))])
    case.assertEqual({topic.name: topic.state for topic in topics}, states)


@journey()
def three_daily_slots_are_set_up(case: Case) -> None:
    case.tour("blog_ai_three_daily_slots", WRITER)
    slots = case.env["blog.ai.slot"].search(
        [("name", "in", ["Daybreak", "After lunch", "Nightfall"])], order="hour"
    )
    case.assertEqual(
        [(slot.hour, slot.model, slot.publish) for slot in slots],
        [(8.0, "good", True), (13.0, "reasoning", False), (18.0, "no-usage", True)],
    )


@journey()
def an_empty_queue_is_said(case: Case) -> None:
    blog = case.env["blog.blog"].create({"name": "Quiet mornings"})
    fixtures.slot(case.env, "Quiet mornings", blog_id=blog.id)
    case.tour("blog_ai_empty_queue", WRITER)


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
    box = case.box("Box, wrong key", key=fixtures.BAD_KEY)
    with case.before():
        slot = fixtures.slot_with_topic(
            case.env,
            "Ivy mornings",
            "Ivy on old walls",
            provider_id=box.id,
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
def a_slot_of_a_second_website_publishes_there_at_its_own_time(case: Case) -> None:
    site = case.env["website"].create({"name": "Kiwi site"})
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
            case.env, "Mornings at home", "Birch sap", tz="Europe/Berlin", hour=8.0
        )
        kiwi.blog_id.website_id = site
    # Monday at eight in Auckland, Sunday at ten in the evening in Berlin.
    case.morning("2025-06-01 20:00:30", kiwi)
    case.assertFalse(home.last_day_id)
    case.tour("blog_ai_second_website", WRITER)
    post = case.generation("Tree ferns and their water").post_id
    case.assertEqual(post.website_id, site)
    site.domain = "http://kiwi.example.com"
    for host, status in ((None, 404), ("kiwi.example.com", 200)):
        answer, text = case.visit(post.website_url, host)
        case.assertEqual(answer, status)
        case.assertEqual(post.name in text, status == 200)


# Review


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
def a_rejected_draft_is_written_again(case: Case) -> None:
    topic, reviewer = "Watering in a dry summer", case.person(WRITER)
    fixtures.slot_with_topic(case.env, "Watering", topic, reviewer_id=reviewer.id)
    case.tour("blog_ai_reject_and_write_again", WRITER)
    generations = case.generations(("topic", "=", topic))
    case.assertEqual([it.review_state for it in generations], ["rejected", "pending"])
    slots = [it.slot_id.name for it in generations if it.slot_id]
    case.assertEqual(slots, ["Watering"])


@journey()
def what_a_slot_published_is_listed_until_somebody_opens_it(case: Case) -> None:
    topic = "Slugs and how to live with them"
    fixtures.slot_with_topic(case.env, "Slugs", topic, publish=True)
    case.tour("blog_ai_not_looked_at", WRITER)
    case.assertTrue(case.generation(topic).looked_at)


# Copy for the networks


def copies(case: Case, topic: str) -> dict[str, tuple[str, bool]]:
    """What is said of the post on each network, and whether a person said it."""
    return {
        copy.network: (copy.text, copy.is_edited)
        for copy in case.generation(topic).post_id.social_ids
    }


@journey(changes=[DEFAULT_PROVIDER])
def edited_copy_is_counted_published_and_mailed(case: Case) -> None:
    fixtures.write_with(case.env, "Box")
    reader = case.person(OTHER_WRITER)
    fixtures.tell(case.env, reader.partner_id)
    case.tour("blog_ai_social_copy_edited", ADMINISTRATOR)
    post = case.generation("Kale after the first frost").post_id
    case.assertTrue(post.is_published)
    mails = case.mails(reader.email, about="Kale")
    case.assertEqual(len(mails), 1, "One mail for one post")


@journey(needs=[FAULTS], changes=[DEFAULT_PROVIDER])
def copy_is_written_again_and_used_or_kept(case: Case) -> None:
    fixtures.write_with(case.env, "Box")
    case.tour("blog_ai_social_copy_write_again", WRITER)
    found = copies(case, "Beans on strings")
    case.assertTrue(found["bluesky"][0].startswith("Beans climb"))
    case.assertTrue(found["linkedin"][0].startswith("Version 3"))
    edited = {network for network, (_text, by_person) in found.items() if by_person}
    case.assertEqual(edited, {"bluesky", "linkedin"})
    generation = case.generation("Beans on strings")
    calls = case.env["blog.ai.call"].search(
        [("kind", "=", "social"), ("generation_id", "=", generation.id)]
    )
    case.assertEqual([call.outcome for call in calls], ["ok"] * 3)
    case.assertTrue(all(call.cost for call in calls))


@journey(needs=[FAULTS], changes=[DEFAULT_PROVIDER], phone=True)
def copy_is_edited_and_written_again_on_a_phone(case: Case) -> None:
    fixtures.write_with(case.env, "Box")
    case.tour("blog_ai_social_copy_phone", WRITER, GENERATIONS)
    found = copies(case, "Radishes in a drawer")
    case.assertEqual(found["mastodon"], ("Twenty days from seed to plate.", True))
    case.assertTrue(found["x"][0].startswith("Version"))
