# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys with waiting, failures and retries."""

from .. import fixtures
from .case import FAULTS, RESTART, WRITER, Case, Restartable
from .declared import journey


@journey(needs=[FAULTS])
def progress_is_seen_without_a_reload(case: Case) -> None:
    # The form has to open within this time, also on a busy machine.
    case.provider("Fake LLM, slow", "latency-6")
    case.tour("blog_ai_progress_without_reload", WRITER)


@journey(needs=[FAULTS])
def a_rate_limit_ends_by_itself(case: Case) -> None:
    # The form has to open within this pause, also on a busy machine.
    case.provider("Fake LLM, busy once", "rate-limit-once-6")
    case.tour("blog_ai_rate_limit", WRITER)


@journey(needs=[FAULTS])
def a_queued_generation_is_cancelled(case: Case) -> None:
    case.provider("Fake LLM, busy for long", "rate-limit-3000")
    case.tour("blog_ai_cancel", WRITER)
    generation = case.generation("Gooseberries nobody wants")
    case.assertEqual(generation.state, "cancelled")
    case.assertFalse(generation.post_ids)


@journey(needs=[FAULTS], alone=True)
def each_error_is_explained_and_nothing_is_lost(case: Case) -> None:
    fixtures.one_attempt(case.env)
    case.provider("Fake LLM, never answers", "never").time_limit = 5
    case.provider("Fake LLM, broken", "error-500")
    case.provider("Fake LLM, malformed", "malformed")
    case.provider("Fake LLM, truncated", "truncated")
    case.tour("blog_ai_errors_are_explained", WRITER)
    case.assertEqual(
        case.outcomes(("generation_id.topic", "like", "Hedges as seen by")),
        ["timeout", "overloaded", "unusable", "truncated"],
    )
    for generation in case.generations(("topic", "like", "Hedges as seen by")):
        provider = generation.provider_id.name
        case.assertEqual(generation.topic, f"Hedges as seen by {provider}")
        case.assertEqual(generation.notes, f"Beech and hornbeam, for {provider}")
        case.assertFalse(generation.post_ids)


@journey(needs=[FAULTS])
def failed_generations_are_filtered_and_retried(case: Case) -> None:
    case.provider("Fake LLM, no credit", "quota")
    case.tour("blog_ai_filter_and_retry", WRITER)


@journey()
def a_duplicate_is_noticed_and_a_person_may_write_it(case: Case) -> None:
    case.tour("blog_ai_duplicate_noticed", WRITER)


@journey(needs=[FAULTS, RESTART], alone=True)
def an_open_page_outlives_a_restart_in_mid_generation(case: Restartable) -> None:
    # The lease of the lost call ends half a minute after this time.
    fixtures.set_limit(case.env, "max_attempts", 3)
    case.provider("Fake LLM, interrupted", "latency-4").time_limit = 5
    with case.leave_open("blog_ai_ask_and_wait", WRITER) as page:
        case.restart()
        page.wait_for("[data-blog-ai=done]", seconds=90)
        case.assertEqual(page.loads, 0, "The page was not loaded again.")
    generation = case.generation("Marigolds between the beans")
    case.assertEqual(
        case.outcomes(("generation_id", "=", generation.id)), ["lost", "ok"]
    )
    case.assertEqual(len(generation.post_ids), 1)
