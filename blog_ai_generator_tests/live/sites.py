# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sites for journeys: a server of our own, or a deployed one."""

import re
import secrets
import shutil
from abc import ABC, abstractmethod
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
from odooly import Client, Env, Error

from .. import fixtures
from ..journeys import CLOCK, FAULTS, MAILBOX, OTHER_WRITER, RESTART
from ..llm_server import LLMServer
from . import database
from .client import wait_until
from .server import TROUBLE, LiveServer

MAIL_PATIENCE = 30.0  # seconds until an email has arrived
COLD_START = 300.0  # seconds for a deployed Odoo to answer: it may have to wake up
REQUEST = re.compile(
    r' werkzeug: (?P<address>\S+) - - \[.*?\] ".*" \d+ \S+ (?P<queries>\d+) ',
)
REFUSAL = " odoo.http: "
PYTHON = " py.warnings: "  # deprecations in Odoo's own libraries
ADDONS = ["blog_ai_generator", "blog_ai_generator_tests"]
OURS = ".e2e"  # suffix of our users' logins
# Models of which journeys create records that a deployed site would go on offering.
CREATED = (
    "blog.ai.slot",
    "blog.ai.topic",
    "blog.ai.provider",
    "blog.ai.voice",
    "blog.blog",
)
DAYS_COME = """
    UPDATE blog_ai_slot_day SET planned_at = now() AT TIME ZONE 'UTC' WHERE id IN (
        SELECT min(id) FROM blog_ai_slot_day
        WHERE state = 'planned' AND slot_id = ANY(%s) GROUP BY slot_id
    ) RETURNING id
"""
WAKE = """
    INSERT INTO ir_cron_trigger (cron_id, call_at)
    SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data
    WHERE module = 'blog_ai_generator' AND name = 'cron_slots'
"""
ENDED = """
    SELECT 1 FROM blog_ai_slot_day WHERE id = ANY(%s)
    HAVING bool_and(state NOT IN ('planned', 'writing'))
"""


class Site(ABC):
    """A running Odoo with both addons, for a ``with`` block.

    :ivar url: without a path
    :ivar database: empty if the address decides
    :ivar offers: the ``Journey.needs`` that are available
    :ivar accounts: login and password of existing users, by role
    :ivar env: of the administrator, shared by threads
    """

    url: str
    database = ""
    llm: LLMServer | None = None
    offers: frozenset[str] = frozenset()
    login = password = "admin"
    env: Env

    def __init__(self):
        self.secret = secrets.token_urlsafe(12)  # password of the users that we create
        self.accounts: dict[str, tuple[str, str]] = {}

    def connect(self) -> Env:
        return Client(self.url, self.database, self.login, self.password).env

    @abstractmethod
    def keep_log(self, folder: Path) -> None:
        """Save the server's log, if it is available."""

    @abstractmethod
    def mails(self, address: str, about: str) -> list[str]:
        """Wait for emails to an address with this text in their subject.

        :return: their HTML
        :raise TimeoutError: none arrived
        """

    def queries(self) -> Counter[str]:
        """Return the number of queries of each address, if it is known."""
        return Counter()

    def troubles(self, refusals: int) -> list[str]:
        """Return the problems in the server's log besides that many refusals."""
        return []


class OwnSite(Site):
    """A prefork Odoo on a throw-away database, with a fake LLM server."""

    offers = frozenset([CLOCK, FAULTS, MAILBOX, RESTART])

    def __init__(self):
        super().__init__()
        # The log shows each person's address, and so the queries of each tour.
        self.server = LiveServer(mail=True, options=["--proxy-mode"])
        self.accounts[OTHER_WRITER] = OTHER_WRITER, "maxxxxxx"

    def __enter__(self) -> "OwnSite":
        self.server.__enter__()
        self.url, self.database = self.server.url, self.server.database
        self.llm = self.server.llm
        self.env = self.connect()
        # Odooly first tries a protocol that this server refuses, and logs an error.
        self._begin = len(self._log())
        return self

    def __exit__(self, *error) -> None:
        self.server.__exit__(*error)

    def days_come(self, slots: list[int]) -> None:
        """Let the next planned day of these slots be now, and wait for it."""
        days = [number for (number,) in self.server.sql(DAYS_COME, slots)]
        self.server.sql(WAKE)
        database.run("SELECT pg_notify('cron_trigger', %s)", self.database)
        self.server.wait_until(lambda: self.server.sql(ENDED, days))

    def mails(self, address, about):
        sink = self.server.mail
        return sink.wait_until(
            lambda: [
                mail.message.get_body(["html"]).get_content()
                for mail in sink.mails
                if address in mail.recipients and about in mail.message["subject"]
            ],
            MAIL_PATIENCE,
        )

    def _log(self) -> str:
        return self.server.log.read_text(errors="replace")

    def keep_log(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.server.log, folder)

    def queries(self):
        found: Counter[str] = Counter()
        for request in REQUEST.finditer(self._log()):
            found[request["address"]] += int(request["queries"])
        return found

    def troubles(self, refusals):
        lines = self._log()[self._begin :].splitlines()
        found = [line for line in lines if TROUBLE.match(line) and PYTHON not in line]
        refused = [line for line in found if REFUSAL in line]
        troubles = [line for line in found if REFUSAL not in line]
        if len(refused) != refusals:
            troubles += [f"{len(refused)} refusals, not {refusals}:", *refused]
        return troubles


class DeployedSite(Site):
    """An Odoo that is reached by its address alone, with the offline writer.

    :param url: with the query ``db=…`` if the address serves several databases
    :param login: of an administrator
    :raise ValueError: ``url`` is not the address of a website
    """

    def __init__(self, url: str, login: str, password: str):
        super().__init__()
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(
                f"“{url}” is not the address of a website. Enter it in "
                "full, as in URL=https://odoo.example.com"
            )
        self.url = f"{parts.scheme}://{parts.netloc}"
        self.database = parse_qs(parts.query).get("db", [""])[0]
        self.login, self.password = login, password

    def __enter__(self) -> "DeployedSite":
        self._wait_for_an_answer()
        self._owner = self._administrator()
        self._company = self._owner.user.company_id
        self._settings = {
            "blog_ai_provider_id": self._company.blog_ai_provider_id,
            "blog_ai_recipient_ids": [(6, 0, self._company.blog_ai_recipient_ids.ids)],
        }
        mails = self._owner["mail.mail"].search([], order="id desc", limit=1)
        self._earlier_mails = max(mails.ids, default=0)
        self._set_aside()
        # Everything is created by our users, and found again through them.
        self.login, self.password = f"admin{OURS}", self.secret
        fixtures.administrator(self._owner, self.login, password=self.secret)
        self.env = self.connect()
        self.env["blog.blog"].create({"name": "Garden Notes"})
        fixtures.provider(self.env, "Fake LLM", "", "")
        login = f"{OTHER_WRITER}{OURS}"
        fixtures.writer(self.env, login, name="Max", password=self.secret)
        self.accounts[OTHER_WRITER] = login, self.secret
        return self

    def __exit__(self, *_error) -> None:
        self._company.write(self._settings)
        self._set_aside()

    def _wait_for_an_answer(self) -> None:
        try:
            wait_until(self._answers, COLD_START, pause=1.0)
        except TimeoutError:
            raise TimeoutError(
                f"No Odoo answered at {self.url} within {COLD_START:.0f} s. Start "
                "it, or correct the URL."
            ) from None

    def _administrator(self) -> Env:
        """Log in, and check that the addons are installed.

        :raise LookupError: one of the two addons is missing
        :raise odooly.Error: wrong password
        """
        try:
            env = self.connect()
        except Error as error:
            raise Error(
                f"{self.login} can't log in at {self.url} ({error}). Set E2E_LOGIN and "
                "E2E_PASSWORD to those of an administrator."
            ) from None
        here = [("name", "in", ADDONS), ("state", "=", "installed")]
        found = env["ir.module.module"].search(here).mapped("name")
        if missing := [name for name in ADDONS if name not in found]:
            raise LookupError(
                f"{self.url} does not have {' and '.join(missing)}, which the journeys "
                "need. Install it there, and start again."
            )
        return env

    def keep_log(self, folder):
        """Do nothing: only the owner of the deployment has the log."""

    def mails(self, address, about):
        sent = [
            ("id", ">", self._earlier_mails),
            ("recipient_ids.email", "=", address),
            ("subject", "like", about),
        ]
        mails = self._owner["mail.mail"]
        return wait_until(
            lambda: [mail.body_html for mail in mails.search(sent)], MAIL_PATIENCE
        )

    def _answers(self) -> bool:
        with suppress(requests.RequestException):
            return requests.get(f"{self.url}/web/health", timeout=COLD_START).ok
        return False

    def _set_aside(self) -> None:
        """Archive what this run or an earlier one created."""
        for model in CREATED:
            made = [("create_uid.login", "=like", f"%{OURS}%")]
            self._owner[model].search(made).write({"active": False})
        for user in self._owner["res.users"].search([("login", "=like", f"%{OURS}")]):
            aside = f"{user.login} {user.id}"
            user.write({"active": False, "login": aside, "name": aside})
