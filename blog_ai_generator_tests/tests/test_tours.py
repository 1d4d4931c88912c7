# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .. import journeys
from ..journeys import JOURNEYS, RESTART
from .common import TourCase, runs

TOURS = Path(__file__).parents[1] / "static" / "tests" / "tours"


@tagged("post_install", "-at_install", "blog_ai_browser")
@runs(*(journey for journey in JOURNEYS if RESTART not in journey.needs))
class TestTours(TourCase):
    """Journeys of a person, from the first click to the result on the screen."""


@tagged("post_install", "-at_install")
class TestDeclarations(BaseCase):
    def found(self, folder: Path, files: str, pattern: str) -> set[str]:
        texts = [file.read_text("utf-8") for file in folder.glob(files)]
        return set(re.findall(pattern, "\n".join(texts)))

    def test_every_tour_is_played_by_a_journey(self):
        tours = self.found(TOURS, "*.js", r'\.add\(\s*"(\w+)"')
        folder = Path(journeys.__file__).parent
        run = self.found(folder, "*.py", r'"(blog_ai_\w+)"')
        self.assertTrue(tours)
        self.assertEqual(tours, run)

    def test_every_file_of_the_journeys_is_loaded(self):
        folder = Path(journeys.__file__).parent
        declared = self.found(folder, "*.py", r"@journey\(.*\)\ndef (\w+)")
        self.assertEqual(declared, {journey.name for journey in JOURNEYS})
