# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name

from ..benchmark.queries import Stages
from ..benchmark.statements import own

_logger = logging.getLogger(__name__)

# website_blog with all that it needs and pulls in, and the two addons: the template
# that the numbers of these tests were measured on.
PINNED = frozenset(
    """
    api_doc auth_passkey auth_passkey_portal auth_signup auth_totp auth_totp_mail
    auth_totp_portal base base_import base_import_module base_install_request base_setup
    blog_ai_generator blog_ai_generator_tests bus digest google_gmail google_recaptcha
    html_builder html_editor http_routing iap iap_mail link_tracker mail mail_bot
    microsoft_outlook partner_autocomplete phone_validation portal privacy_lookup
    resource resource_mail rpc sms snailmail social_media utm web web_tour web_unsplash
    website website_blog website_links website_mail website_partner website_sms
    """.split()
)


def is_pinned(env) -> bool:
    """Return whether the modules are those of the stated numbers; log the others."""
    modules = env["ir.module.module"]
    installed = modules.search([("state", "=", "installed")])
    others = sorted(PINNED ^ set(installed.mapped("name")))
    if any(installed.mapped("demo")):
        others.append("demo data")
    if others:
        _logger.info(
            "Only own statements are counted, for these modules differ from those "
            "of the stated numbers: %s",
            ", ".join(others),
        )
    return not others


@tagged(
    "post_install", "-at_install", "-standard", "blog_ai_committed", "blog_ai_queries"
)
class QueryCase(BaseCase):
    """Count SQL statements exactly: more is a regression, fewer a stale promise.

    Other modules add statements to nearly everything. If any but the pinned modules
    are installed, only the statements on the addons' own tables are compared, which
    stay the same; the log says so, and ``make test`` fails. The data is committed,
    since test cursors leave out the cost of a commit. To run these tests alone, on the
    template: ``make test TAGS=blog_ai_queries/blog_ai_generator_tests``
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # The stock runner holds this lock for the whole run; a request in a thread of
        # its own would wait for it forever.
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with cls.registry.cursor() as cr:
            cls.is_pinned = is_pinned(api.Environment(cr, SUPERUSER_ID, {}))
        cls.shop = Stages(cls.registry)
        cls.addClassCleanup(cls.shop.close)

    def assertCount(self, texts: list[str], everything: int, ours: int, what: str = ""):
        """Compare the number of statements.

        :param ours: number of statements that name the addons' tables
        """
        counted = (len(texts), len(own(texts)))
        expected = (everything, ours)
        if not self.is_pinned:
            counted, expected = counted[1:], expected[1:]
        listing = "\n".join(" ".join(text.split())[:160] for text in texts)
        self.assertEqual(counted, expected, f"{what}\n{listing}")

    def assertSlope(self, measure, base: int, each: int, counts=(1, 10, 100)):
        """Check that ``measure(n)`` takes ``base + each * n`` statements.

        With other modules installed, ``base`` and ``each`` are measured, and only the
        constant growth is checked.
        """
        # Another test may have emptied the registry's caches.
        measure(counts[0])
        lengths = {count: len(measure(count)) for count in counts}
        if not self.is_pinned:
            first, second = counts[:2]
            each = (lengths[second] - lengths[first]) // (second - first)
            base = lengths[first] - each * first
        self.assertEqual(lengths, {count: base + each * count for count in counts})
