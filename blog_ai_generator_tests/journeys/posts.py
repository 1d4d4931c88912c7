# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of one post, from the click to its reader."""

import re
from html import unescape

from .. import fixtures
from ..llm_server.composer import LIMITS
from .case import (
    ADMINISTRATOR,
    DEFAULT_PROVIDER,
    FAULTS,
    GENERATIONS,
    HELD,
    OTHER_WRITER,
    OUTBOX,
    PROVIDERS,
    WRITE,
    WRITER,
    Case,
)
from .declared import journey


def mailed_copies(mail: str) -> dict[str, str]:
    """Return the copy for each network that an email in HTML contains."""
    found = re.findall(r"<h4[^>]*>([^<]*)</h4>\s*<p[^>]*>([^<]*)</p>", mail)
    return {network.lower(): unescape(text) for network, text in found}


@journey()
def a_post_is_written_published_read_and_mailed(case: Case) -> None:
    reader = case.env["res.partner"].create(
        {"name": "Rosa", "email": "rosa@example.com"}
    )
    fixtures.add_default_recipient(case.env, reader)
    case.tour("blog_ai_write_and_publish", WRITER)
    post = case.generation("Sourdough without a schedule").post_id
    case.assertTrue(post.is_seo_optimized)
    case.assertEqual(post.create_uid.login, case.person(WRITER).login)
    mails = case.mails("rosa@example.com", about="Sourdough")
    case.assertEqual(len(mails), 1, "One mail for one post")
    case.assertIn(f"{case.site_url}/blog/garden-notes", mails[0])
    copies = {copy.network: copy.text for copy in post.social_ids}
    case.assertEqual(set(copies), set(LIMITS))
    case.assertEqual(mailed_copies(mails[0]), copies)
    case.tour("blog_ai_outbox_holds_mail", ADMINISTRATOR, OUTBOX)


@journey()
def the_form_is_opened_by_its_address(case: Case) -> None:
    case.tour("blog_ai_write_by_address", WRITER, WRITE)


@journey()
def a_draft_is_kept_from_visitors(case: Case) -> None:
    case.tour("blog_ai_keep_as_draft", WRITER)
    case.tour("blog_ai_read_kept_draft", OTHER_WRITER)
    generation = case.generation("Pruning roses in winter")
    case.assertEqual(generation.state, "done")
    case.assertFalse(generation.post_id.is_published)
    case.assertFalse(generation.notified_at, "Nobody was mailed.")


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
def another_provider_takes_over(case: Case) -> None:
    case.provider("Fake LLM, used up", "quota")
    case.tour("blog_ai_fallback", ADMINISTRATOR, PROVIDERS)
    generation = case.generation("Figs on a wall")
    case.assertEqual(
        case.outcomes(("generation_id", "=", generation.id)), ["quota", "ok"]
    )
    case.assertEqual(len(generation.post_ids), 1)


@journey(needs=[FAULTS])
def a_used_up_budget_is_raised_and_the_post_is_written(case: Case) -> None:
    blog = fixtures.blog_with_budget(case.env, "Thrifty garden", 0.01)
    case.tour("blog_ai_raise_budget", ADMINISTRATOR)
    generation = case.generation("Seeds that cost nothing")
    case.assertEqual(generation.blog_id.id, blog.id)
    case.assertEqual(
        case.outcomes(("generation_id", "=", generation.id)), ["ok"], "Paid once"
    )
    budgets = case.env["blog.ai.budget"].search([("blog_id", "=", blog.id)])
    spent = [budget.spent for budget in budgets if budget.is_current]
    case.assertEqual([round(it, 6) for it in spent], [round(generation.cost, 6)])


@journey(needs=[FAULTS])
def two_writers_at_once_each_get_their_post(case: Case) -> None:
    case.provider("Fake LLM, unhurried", HELD)
    case.tours_at_once("blog_ai_two_writers_ask", WRITER, OTHER_WRITER)
    for role in (WRITER, OTHER_WRITER):
        case.tour("blog_ai_two_writers_read", role)
    case.assertEqual(case.calls_at_once(HELD), 2)
    generations = case.generations(("topic", "like", "Compost as % makes it"))
    case.assertEqual([it.state for it in generations], ["done", "done"])
    case.assertEqual([len(it.post_ids) for it in generations], [1, 1])


@journey(needs=[FAULTS])
def a_connection_is_tested_good_and_bad(case: Case) -> None:
    bad = case.provider("Fake LLM, stale key", key=fixtures.BAD_KEY)
    case.tour("blog_ai_connection_test", ADMINISTRATOR, PROVIDERS)
    good = fixtures.named(case.env, "blog.ai.provider", "Fake LLM")
    for provider, outcome in ((good, "ok"), (bad, "authentication")):
        tests = case.outcomes(("kind", "=", "test"), ("provider_id", "=", provider.id))
        case.assertEqual(tests, [outcome])


@journey(changes=[DEFAULT_PROVIDER], phone=True)
def a_post_is_asked_for_on_a_phone(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    case.tour("blog_ai_phone", WRITER, GENERATIONS)


@journey()
def search_engines_find_what_they_look_for(case: Case) -> None:
    case.tour("blog_ai_seo", WRITER)
