# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, tagged
from odoo.tests.common import release_test_lock

from odoo.addons.blog_ai_generator.limits import Limits
from odoo.addons.blog_ai_generator.pump import Pump

from .. import fixtures
from ..llm_server import LLMServer


class CronWorker(threading.Thread):
    """Stands in for Odoo's cron worker, which does not run in ``--test-enable``.

    Woken by the same call as the real one, it runs the same pump once the request
    that woke it has ended: test cursors let only one of them in at a time.
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
        """Wait until nothing is left to do; whether that came about."""
        with self._work:
            return self._work.wait_for(lambda: not (self._woken or self._busy), timeout)

    def stop(self):
        with self._work:
            self._stopped = True
            self._work.notify_all()
        self.join(10)


@tagged("post_install", "-at_install")
class TourCase(HttpCase):
    """Journeys through a real browser, with a provider in a box behind them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = LLMServer().start()
        cls.addClassCleanup(cls.server.close)
        fixtures.prepare(cls.env, cls.server.url)
        cls.worker = CronWorker(cls.registry)
        Generation = cls.registry["blog.ai.generation"]
        wake = Generation._wake_pump

        def wake_too(self, at=None):
            wake(self, at)
            cls.worker.wake()

        cls.startClassPatcher(patch.object(Generation, "_wake_pump", wake_too))
        cls.worker.start()
        cls.addClassCleanup(cls.worker.stop)

    def setUp(self):
        super().setUp()
        self.server.reset()

    def journey(self, tour: str, login: str | None, url: str = "/odoo") -> None:
        """Run a tour to its end and let the pump come to rest."""
        self.start_tour(url, tour, login=login)
        with release_test_lock():
            self.assertTrue(self.worker.settle(), "The pump is still at work.")
        self.assertIsNone(self.worker.broken)
        self.env.invalidate_all()

    def generation(self, topic: str):
        return self.env["blog.ai.generation"].search([("topic", "=", topic)])
