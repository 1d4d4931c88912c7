# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import inspect
import re
from pathlib import Path
from unittest.mock import Mock, patch

from odoo.tests import BaseCase, tagged

from .. import journeys
from ..journeys import JOURNEYS, RESTART
from ..journeys.case import DEFAULT_PROVIDER
from . import common
from .common import TourCase, runs

TOURS = Path(__file__).parents[1] / "static" / "tests" / "tours"


@tagged("post_install", "-at_install", "blog_ai_browser")
@runs(*(journey for journey in JOURNEYS if RESTART not in journey.needs))
class TestTours(TourCase):
    """Journeys of a person, from the first click to the result on the screen."""


@tagged("post_install", "-at_install")
class TestTourLimit(BaseCase):
    def test_a_tour_has_the_time_that_a_visit_to_this_machine_shows(self):
        # The moments before and after the second visit; the first one compiles assets.
        clock, case = iter((100.0, 104.0)), Mock(spec=TourCase)
        with (
            patch.object(common, "real_time", lambda: next(clock)),
            patch.object(TourCase, "pace", None),
        ):
            limits = [TourCase.tour_limit(case) for _tour in range(2)]
        self.assertEqual(limits, [96.0, 96.0])
        self.assertEqual(case.open_website.call_count, 2)
        case.tour_limit.return_value = 96.0
        TourCase.tour(case, "blog_ai_voice", "vera")
        self.assertEqual(case.start_tour.call_args.kwargs["timeout"], 96.0)


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

    def test_a_journey_that_sets_the_default_provider_says_so(self):
        # A journey that says so also sets it: nobody puts back what was set before.
        sets = re.compile(r"fixtures\.(?:write_with|default_provider_with_wrong_key)\(")
        self.assertEqual(
            {it.name for it in JOURNEYS if sets.search(inspect.getsource(it.run))},
            {it.name for it in JOURNEYS if DEFAULT_PROVIDER in it.changes},
        )

    def test_journeys_whose_posts_are_written_by_the_default_provider_set_it(self):
        # Tours of posts that a person wrote, of ideas and of programs name none.
        unnamed = ("blog_ai_refresh_phone", "blog_ai_refresh_letter", "blog_ai_refresh")
        unnamed += ("blog_ai_ideas", "blog_ai_approve_of_program", "blog_ai_phone")
        for journey in JOURNEYS:
            tours = re.findall(r'"(blog_ai_\w+)"', inspect.getsource(journey.run))
            if set(tours) & {*unnamed}:
                self.assertIn(DEFAULT_PROVIDER, journey.changes, journey.name)

    def test_every_file_of_the_journeys_is_loaded(self):
        folder = Path(journeys.__file__).parent
        declared = self.found(folder, "*.py", r"@journey\(.*\)\ndef (\w+)")
        self.assertEqual(declared, {journey.name for journey in JOURNEYS})
