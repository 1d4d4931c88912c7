# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys that begin or end with an email."""

import re

from .. import fixtures
from .case import ADMINISTRATOR, MAILBOX, WRITER, Case
from .declared import journey

UNSUBSCRIBE = re.compile(r'href="([^"]+/blog_ai/unsubscribe/[^"]+)"')
DIGEST = "/odoo/action-digest.digest_digest_action/%s"


def published_by_slot(case: Case, name: str, topic: str, reader):
    """Return a slot that has published a post and sent an email to its recipient."""
    recipients = [(6, 0, [reader.id])]
    slot = fixtures.slot_with_topic(
        case.env, name, topic, publish=True, recipient_ids=recipients
    )
    slot.action_run_now()
    case.settle()
    return slot


@journey(needs=(MAILBOX,))
def a_reader_unsubscribes_by_the_link_of_an_email(case: Case) -> None:
    values = {"name": "Flora", "email": "flora@example.com"}
    reader = case.env["res.partner"].create(values)
    topic = "Letters to a greenhouse"
    slot = published_by_slot(case, "Letters", topic, reader)
    (mail,) = case.mails(reader.email, about="greenhouse")
    (address,) = UNSUBSCRIBE.findall(mail)
    case.assertTrue(address.startswith(case.site_url), address)
    case.assertEqual(case.visit(address.removeprefix(case.site_url))[0], 200)
    case.assertTrue(recipients(case, slot), "Opening the page changes nothing.")
    case.tour("blog_ai_unsubscribe", WRITER, address.removeprefix(case.site_url))
    case.assertFalse(recipients(case, slot))


def recipients(case: Case, slot) -> list[int]:
    (slot,) = case.env["blog.ai.slot"].search([("id", "=", slot.id)])
    return list(slot.recipient_ids.ids)


@journey(needs=(MAILBOX,))
def the_digest_says_what_was_published(case: Case) -> None:
    reader = case.person(WRITER)
    published_by_slot(case, "Digested", "Silage for small farms", reader.partner_id)
    case.assertTrue(case.mails(reader.email, about="Silage"))
    digest = case.env["digest.digest"].create(
        {
            "name": "Figures of the garden",
            "user_ids": [(6, 0, [reader.id])],
            # Keep Odoo from sending it meanwhile.
            "next_run_date": "2099-12-31",
        }
    )
    case.tour("blog_ai_digest", ADMINISTRATOR, DIGEST % digest.id)
    case.send_mails()
    (mail,) = case.mails(reader.email, about=digest.name)
    words = re.sub(r"<[^>]+>|\s+", " ", mail)
    case.assertRegex(words, r"AI Posts Published\D+[1-9]\d* +Last 24 hours")
    case.assertIn("AI Cost", words)
    case.assertNotIn("AI Posts Failed", words)
