# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import threading
from collections.abc import Callable
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tests.common import release_test_lock
from odoo.tools import real_time

from odoo.addons.blog_ai_generator.pump import Pump, start_pictures
from odoo.addons.blog_ai_generator.pump.limits import Limits

from .. import fixtures
from ..journeys import HELD, MAKERS, WEBSITE, Case, Journey
from ..journeys.case import ADMINISTRATOR
from ..live.pace import Pace
from ..llm_server import LLMServer
from .ask_case import asking

ANY_TOUR = "blog_ai_write_and_publish"
# Odoo loads this bundle behind the page: a visit that ended before would log an error.
LOADED = """
odoo.loader.modules.get("@web/core/assets")
    .loadBundle("website.website_builder_assets")
    .then(() => console.log("test successful"))
"""


class CronWorker(threading.Thread):
    """Stand in for Odoo's cron worker, which does not run in ``--test-enable``.

    It is woken by the same call as the real one, and runs the same pump after the
    request that woke it: test cursors allow only one of them at a time.
    """

    def __init__(self, registry):
        super().__init__(name="blog_ai_generator_tests.cron", daemon=True)
        self.registry = registry
        self._work = threading.Condition()
        self._woken = self._busy = self._stopped = False
        self.broken = None

    def wake(self):
        with self._work:
            self._woken = True
            self._work.notify_all()

    def run(self):
        while self._wait_for_work():
            try:
                self._pump()
            except Exception as exception:
                self.broken = exception
            with self._work:
                self._busy = False
                self._work.notify_all()

    def _pump(self):
        with self.registry.cursor() as cr:
            limits = Limits.of(api.Environment(cr, SUPERUSER_ID, {}))
        Pump(self.registry, limits).run()

    def _wait_for_work(self) -> bool:
        with self._work:
            self._work.wait_for(lambda: self._woken or self._stopped)
            self._woken, self._busy = False, True
            return not self._stopped

    def settle(self, timeout: float = 30.0) -> bool:
        """Wait until nothing is left to do; return False after ``timeout`` seconds."""
        with self._work:
            return self._work.wait_for(lambda: not (self._woken or self._busy), timeout)

    def stop(self):
        with self._work:
            self._stopped = True
            self._work.notify_all()
        self.join(10)


@tagged("post_install", "-at_install")
class TourCase(Case, HttpCase):
    """Journeys in a real browser, with the fake LLM server as provider."""

    # Slots created then publish at moments that are past by any browser's clock.
    BEFORE = "2025-06-01 00:30:00"
    # The speed of this machine, once the first tour is to be played.
    pace: Pace | None = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.llm, cls.site_url = LLMServer().start(), cls.base_url()
        cls.addClassCleanup(cls.llm.close)
        fixtures.prepare(cls.env, cls.llm.url)
        cls.worker = CronWorker(cls.registry)
        Generation = cls.registry["blog.ai.generation"]
        wake = Generation._wake_pump

        def wake_too(self, at=None):
            wake(self, at)
            cls.worker.wake()

        cls.startClassPatcher(patch.object(Generation, "_wake_pump", wake_too))
        cls.worker.start()
        cls.addClassCleanup(cls.worker.stop)
        # Test cursors drop what is to happen after a commit. The thread waits until the
        # request has closed its own.
        cls.startClassPatcher(
            patch.object(
                cls.registry["blog.ai.ask"],
                "_start",
                lambda ask, question: ask._starter(question)(),
            )
        )

        cls.startClassPatcher(
            patch.object(
                Generation,
                "_start_pictures",
                lambda those: start_pictures(those.env.registry, those.ids),
            )
        )

    def setUp(self):
        super().setUp()
        self.llm.reset()

    def run_journey(self, journey: Journey) -> None:
        """Run a journey; its refusals, and no others, may be in the log."""
        if journey.phone:
            self.browser_size, self.touch_enabled = "375x667", True
        if not journey.warnings:
            journey.run(self)
            return
        with self.assertLogs("odoo.http", logging.WARNING) as refused:
            journey.run(self)
        self.assertEqual(len(refused.output), journey.warnings)

    def person(self, role):
        found = self.env["res.users"].search([("login", "=", role)])
        return found or MAKERS[role](self.env, role)

    def tour(self, name, role, url=WEBSITE):
        # Odoo's SEO dialog looks for broken links without any cookie.
        self.http_request_allow_all = name == "blog_ai_seo"
        limit = self.tour_limit()
        self.start_tour(url, name, login=self.person(role).login, timeout=limit)
        self.settle()

    def tour_limit(self) -> float:
        """Return the seconds for a tour, by a visit once the assets are compiled."""
        if TourCase.pace is None:
            self.open_website()
            begun = real_time()
            self.open_website()
            TourCase.pace = Pace(real_time() - begun)
        return TourCase.pace.tour_limit

    def open_website(self):
        person = self.person(ADMINISTRATOR)
        # Odoo would begin a tour of its own for a new administrator.
        person.tour_enabled = False
        # A visit by `start_tour` would be counted as a tour.
        self.browser_js(
            WEBSITE,
            LOADED,
            ready=f"odoo.isTourReady({ANY_TOUR!r})",
            login=person.login,
        )

    def tours_at_once(self, name, *roles):
        # There is only one browser: the cron worker runs when all have asked.
        with patch.object(self.worker, "wake"):
            for role in roles:
                self.tour(name, role)
        self.worker.wake()
        with release_test_lock():
            self.llm.release_together(HELD, len(roles))
        self.settle()

    def before(self):
        return freeze_time(self.BEFORE)

    def morning(self, moment, *slots):
        self.env.flush_all()
        with freeze_time(moment), self.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["blog.ai.slot"]._cron_tick()
        self.settle()

    def program(self, method, **values):
        return getattr(self.env["blog.ai.api"], method)(**values)

    def send_mails(self):
        """Do nothing: tests look at emails before they are sent."""

    def mails(self, address, about):
        mails = self.env["mail.mail"].search([("subject", "like", about)])
        return [
            email["body"]
            for mail in mails
            for email in mail._prepare_outgoing_list()
            if address in str(email["email_to"])
        ]

    def visit(self, path, host=None):
        self.authenticate(None, None)
        answer = self.url_open(path, headers={"Host": host} if host else {})
        return answer.status_code, answer.text

    def settle(self) -> None:
        """Wait until the pump has nothing left to do."""
        with release_test_lock():
            self.assertTrue(self.worker.settle(), "The pump is still at work.")
            while threads := asking():
                for thread in threads:
                    thread.join(30)
        self.assertIsNone(self.worker.broken)
        self.env.invalidate_all()


def runs(*journeys: Journey) -> Callable[[type], type]:
    """Give a class one test for each journey, named after it."""

    def add(cls: type) -> type:
        for journey in journeys:
            setattr(
                cls,
                f"test_{journey.name}",
                lambda self, it=journey: self.run_journey(it),
            )
        return cls

    return add
