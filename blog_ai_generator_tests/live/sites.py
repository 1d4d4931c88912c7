# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where journeys are played: a server of our own, or one that somebody deployed."""

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
from ..journeys import CLOCK, FAULTS, OTHER_WRITER, RESTART
from ..llm_server import LLMServer
from . import database
from .client import wait_until
from .server import TROUBLE, LiveServer

MAIL_PATIENCE = 30.0  # seconds until a mail has come
COLD_START = 300.0  # seconds for a deployed Odoo to answer: it may have been asleep
REQUEST = re.compile(
    r' werkzeug: (?P<address>\S+) - - \[.*?\] ".*" \d+ \S+ (?P<queries>\d+) ',
)
REFUSAL = " odoo.http: "
PYTHON = " py.warnings: "  # what Odoo's own libraries find old-fashioned
ADDONS = ["blog_ai_generator", "blog_ai_generator_tests"]
OURS = ".e2e"  # what the logins of our people end with
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

    :ivar url: where it is, without a path
    :ivar database: empty where the address decides
    :ivar offers: what of ``Journey.needs`` there is
    :ivar accounts: login and password of those who are there already, by role
    :ivar env: of the administrator, for threads to share
    """

    url: str
    database = ""
    llm: LLMServer | None = None
    offers: frozenset[str] = frozenset()
    login = password = "admin"
    env: Env

    def __init__(self):
        self.secret = secrets.token_urlsafe(12)  # the password of whom we make
        self.accounts: dict[str, tuple[str, str]] = {}

    def connect(self) -> Env:
        return Client(self.url, self.database, self.login, self.password).env

    @abstractmethod
    def keep_log(self, folder: Path) -> None:
        """Keep the server's log, where there is one to be had."""

    @abstractmethod
    def mails(self, address: str, about: str) -> list[str]:
        """The HTML of the mails with this in their subject that went to somebody, as
        soon as there is one.

        :raise TimeoutError: none came
        """

    def queries(self) -> Counter[str]:
        """How many queries the requests of each address made, where that is known."""
        return Counter()

    def troubles(self, refusals: int) -> list[str]:
        """What the server's log holds beside that many refusals."""
        return []


class OwnSite(Site):
    """A prefork Odoo on a throw-away database, the fake LLM server beside it."""

    offers = frozenset([CLOCK, FAULTS, RESTART])

    def __init__(self):
        super().__init__()
        # Each person's address is in the log, and so what his tour cost.
        self.server = LiveServer(mail=True, options=["--proxy-mode"])
        self.accounts[OTHER_WRITER] = OTHER_WRITER, "maxxxxxx"

    def __enter__(self) -> "OwnSite":
        self.server.__enter__()
        self.url, self.database = self.server.url, self.server.database
        self.llm = self.server.llm
        self.env = self.connect()
        # Odooly tries what this server refuses, before it goes on without.
        self._begin = len(self._log())
        return self

    def __exit__(self, *error) -> None:
        self.server.__exit__(*error)

    def days_come(self, slots: list[int]) -> None:
        """Let the next planned day of these slots be now, and be written."""
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

    :param url: with the query ``db=…`` where the address serves several databases
    :param login: of an administrator
    :raise ValueError: ``url`` is no address of a website
    """

    def __init__(self, url: str, login: str, password: str):
        super().__init__()
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(
                f"“{url}” is no address of a website. Give it whole, as in "
                "URL=https://odoo.example.com"
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
        # All is made by people of ours, and found again by that.
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
        """
        :raise LookupError: of the two addons one is missing
        :raise odooly.Error: it is not the administrator's password
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
                "need. Install that there, and start again."
            )
        return env

    def keep_log(self, folder):
        """Whoever has deployed it has the log."""

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
        """What a run, also an earlier one, has made is out of the way of the next."""
        for model in ("blog.ai.slot", "blog.ai.topic", "blog.ai.provider", "blog.blog"):
            made = [("create_uid.login", "=like", f"%{OURS}%")]
            self._owner[model].search(made).write({"active": False})
        for user in self._owner["res.users"].search([("login", "=like", f"%{OURS}")]):
            aside = f"{user.login} {user.id}"
            user.write({"active": False, "login": aside, "name": aside})
