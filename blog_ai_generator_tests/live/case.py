# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One journey on a running server."""

import threading
import time
import unittest
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

import requests

from ..journeys import HELD, MAKERS, WEBSITE, Journey, Restartable
from .browser import TIME_ZONE, Browser, Page
from .sites import Site

# Odoo subscribes each new user to the same digest: parallel creations would conflict.
making = threading.Lock()


class Tour(NamedTuple):
    """A tour that was run.

    :param seconds: from the login to its end
    :param address: of its browser, in the server's log
    """

    name: str
    login: str
    seconds: float
    address: str
    passed: bool


class LiveCase(Restartable, unittest.TestCase):
    """A journey's case on a running server.

    :param number: different for each journey; part of people's logins
    :param artifacts: folder for traces and screenshots of failed tours
    """

    def __init__(
        self,
        site: Site,
        browser: Browser,
        journey: Journey,
        number: int,
        artifacts: Path,
    ):
        super().__init__()
        self.site, self.browser, self.journey = site, browser, journey
        self.env, self.llm, self.site_url = site.env, site.llm, site.url
        self.tours: list[Tour] = []
        self._number, self._artifacts = number, artifacts
        self._accounts = dict(site.accounts)

    def run_journey(self) -> None:
        newest = self.env["blog.ai.generation"].search([], order="id desc", limit=1)
        self._before = max(newest.ids, default=0)
        self.journey.run(self)

    def person(self, role):
        login, _password = self._account(role)
        return self.env["res.users"].search([("login", "=", login)]).ensure_one()

    def _account(self, role: str) -> tuple[str, str]:
        if role not in self._accounts:
            login = f"{role}.{self._number}.e2e"
            values = {
                "name": role.capitalize(),
                "password": self.site.secret,
                # Else the first login writes it, while the journey changes the user.
                "tz": TIME_ZONE,
            }
            with making:
                MAKERS[role](self.env, login, **values)
            self._accounts[role] = login, self.site.secret
        return self._accounts[role]

    def generations(self, *domain, order="id"):
        # A deployed server still has those of earlier runs.
        return super().generations(("id", ">", self._before), *domain, order=order)

    def tour(self, name, role, url=WEBSITE):
        with self._opened(name, role, url):
            pass

    def tours_at_once(self, name, *roles):
        for role in roles:
            self._account(role)
        with ThreadPoolExecutor(len(roles)) as people:
            list(people.map(lambda role: self.tour(name, role), roles))
        self.llm.release_together(HELD, len(roles))

    def leave_open(self, name, role):
        return self._opened(name, role, WEBSITE)

    @contextmanager
    def _opened(self, name: str, role: str, url: str) -> Iterator[Page]:
        """Open a window, run the tour in it, and yield the window."""
        login, password = self._account(role)
        address = f"198.18.{self._number}.{len(self.tours) + 1}"
        page = self.browser.open(self.site.database, address, self.journey.phone)
        begun = time.monotonic()
        passed = False
        try:
            page.log_in(login, password, url)
            page.tour(name, url)
            yield page
            passed = True
        except BaseException:
            page.keep(self._artifacts / self.journey.name, name)
            raise
        finally:
            page.close()
            seconds = time.monotonic() - begun
            self.tours.append(Tour(name, login, seconds, address, passed))

    def settle(self):
        """Do nothing: the server has a pump of its own."""

    def before(self):
        return nullcontext()

    def morning(self, moment, *slots):
        self.site.days_come([slot.id for slot in slots])

    def send_mails(self):
        self.env.ref("mail.ir_cron_mail_scheduler_action").method_direct_trigger()

    def mails(self, address, about):
        return self.site.mails(address, about)

    def program(self, method, **values):
        # Odooly has no object for an abstract model.
        return self.env.execute("blog.ai.api", method, **values)

    def visit(self, path, host=None):
        headers = {"Host": host} if host else {}
        answer = requests.get(self.site.url + path, headers=headers, timeout=60)
        return answer.status_code, answer.text

    def restart(self):
        self.site.server.kill()
        self.site.server.start()
