# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..journeys import JOURNEYS, RESTART
from .common import TourCase, plays


@tagged("post_install", "-at_install")
@plays(*(journey for journey in JOURNEYS if RESTART not in journey.needs))
class TestTours(TourCase):
    """What a person does, from the first click to what he sees at the end."""
