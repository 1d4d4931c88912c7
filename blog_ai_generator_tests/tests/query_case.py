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

# website_blog and what it needs and pulls in, and the two addons: the template that
# the numbers of these tests were measured on.
PINNED = frozenset(
    """
    api_doc auth_passkey auth_passkey_portal auth_signup auth_totp auth_totp_mail
    auth_totp_portal base base_import base_import_module base_install_request
    base_setup blog_ai_generator blog_ai_generator_tests bus digest google_gmail
    google_recaptcha html_builder html_editor http_routing iap iap_mail mail mail_bot
    microsoft_outlook partner_autocomplete phone_validation portal privacy_lookup
    resource resource_mail rpc sms snailmail social_media utm web web_tour web_unsplash
    website website_blog website_mail website_partner website_sms
    """.split()
)


@tagged(
    "post_install", "-at_install", "-standard", "blog_ai_committed", "blog_ai_queries"
)
class QueryCase(BaseCase):
    """Counts SQL statements exactly: more is a regression, fewer is a stale promise.

    Other modules add statements of their own to nearly everything. Where any but the
    pinned ones are installed, only the statements on the addons' own tables are
    compared, which stay the same; a warning says so, and makes ``make test`` fail. On
    committed data, since test cursors leave out what a commit costs. Alone, on the
    template: ``make test TAGS=blog_ai_queries/blog_ai_generator_tests``
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # The stock runner holds this lock for the whole run; a request in a thread of
        # its own would wait for it for ever.
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        cls.is_pinned = cls._is_pinned()
        cls.shop = Stages(cls.registry)
        cls.addClassCleanup(cls.shop.close)

    @classmethod
    def _is_pinned(cls) -> bool:
        with cls.registry.cursor() as cr:
            modules = api.Environment(cr, SUPERUSER_ID, {})["ir.module.module"]
            installed = modules.search([("state", "=", "installed")]).mapped("name")
        others = sorted(PINNED ^ set(installed))
        if others:
            _logger.warning(
                "Only own statements are counted, for these modules differ from those "
                "of the stated numbers: %s",
                ", ".join(others),
            )
        return not others

    def assertCount(self, texts: list[str], everything: int, ours: int, what: str = ""):
        """:param ours: those of the statements that name the addons' tables"""
        counted = (len(texts), len(own(texts)))
        expected = (everything, ours)
        if not self.is_pinned:
            counted, expected = counted[1:], expected[1:]
        listing = "\n".join(" ".join(text.split())[:160] for text in texts)
        self.assertEqual(counted, expected, f"{what}\n{listing}")

    def assertSlope(self, measure, base: int, each: int, counts=(1, 10, 100)):
        """``measure(n)`` takes ``base + each * n`` statements, for each ``n``.

        On other modules than the pinned ones ``base`` and ``each`` are what they are;
        what is left to see is that the growth is a constant for each.
        """
        # The caches of the registry may have been emptied by another test.
        measure(counts[0])
        lengths = {count: len(measure(count)) for count in counts}
        if not self.is_pinned:
            first, second = counts[:2]
            each = (lengths[second] - lengths[first]) // (second - first)
            base = lengths[first] - each * first
        self.assertEqual(lengths, {count: base + each * count for count in counts})
