# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import TransactionCase

from ..internals import lookup

CRON = "blog_ai_generator.cron_pump"


def without(*names: str):
    """Let Odoo have none of these any more."""

    def find(owner, name, default):
        return default if name in names else getattr(owner, name, default)

    # It hides the built-in function from this one module.
    return patch.object(lookup, "getattr", find, create=True)


class InternalsCase(TransactionCase):
    """Functions that find a private way in Odoo, or don't."""

    def both_ways(self, *names: str):
        yield
        with without(*names):
            yield
