# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every journey has at hand, by whichever runner."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from .. import fixtures
from ..llm_server import LLMServer

WRITER, OTHER_WRITER, RESTRICTED, ADMINISTRATOR = "vera", "max", "rita", "admin"
MAKERS = {
    WRITER: fixtures.writer,
    OTHER_WRITER: fixtures.writer,
    RESTRICTED: fixtures.restricted_editor,
    ADMINISTRATOR: fixtures.administrator,
}
WEBSITE = "/odoo/action-website.website_preview?path=%2F"
GENERATIONS = "/odoo/blog-ai-generations"
PROVIDERS = "/odoo/action-blog_ai_generator.action_provider"
OUTBOX = "/odoo/action-mail.action_view_mail_mail"

# What a journey may need of the server, beside a browser and an administrator.
FAULTS = "faults"  # a provider that fails, waits or says what it was told to
CLOCK = "clock"  # mornings that come when they are wanted
RESTART = "restart"  # a server that can be restarted

DEFAULT_PROVIDER = "default provider"


class Case(ABC):
    """What a journey is given: records, people, a browser, assertions.

    Mixed into a ``unittest.TestCase`` by each runner.

    :ivar env: of an administrator
    :ivar llm: the fake LLM server; None where the offline writer stands in
    :ivar site_url: where the site is, without a path; a mail's links begin with it
    """

    llm: LLMServer | None
    site_url: str

    @abstractmethod
    def person(self, role: str):
        """The user who plays a role, made when he is first asked for."""

    @abstractmethod
    def tour(self, name: str, role: str, url: str = WEBSITE) -> None:
        """Run a tour to its end in a browser of its own, and wait for the pump."""

    @abstractmethod
    def tours_at_once(self, name: str, *roles: str) -> None:
        """Run a tour that ends before its post is written for several people, so that
        their posts are written side by side."""

    @abstractmethod
    def before(self) -> AbstractContextManager:
        """Days before those of ``morning``: when the slots of a journey are made."""

    @abstractmethod
    def morning(self, moment: str, *slots) -> None:
        """Let the next planned day of some slots come, and be written.

        :param moment: in UTC, for a runner whose clock can be set
        """

    @abstractmethod
    def mails(self, address: str, about: str) -> list[str]:
        """The HTML of the mails with this in their subject that went to somebody."""

    @abstractmethod
    def visit(self, path: str, host: str | None = None) -> tuple[int, str]:
        """A page as a visitor gets it: status and text."""

    def provider(
        self, name: str, behaviour: str = "good", key: str = fixtures.GOOD_KEY
    ):
        """A provider; ``behaviour`` is a model of the fake LLM server."""
        return fixtures.provider(self.env, name, self.llm.url, key, behaviour)

    def calls_at_once(self, behaviour: str) -> int:
        """How many calls with this behaviour were under way at the same time."""
        calls = [
            (call.time, call.time + call.seconds)
            for call in self.llm.requests
            if call.model == behaviour
        ]
        return max(
            sum(begin <= moment < end for begin, end in calls) for moment, _ in calls
        )

    def generations(self, *domain, order: str = "id"):
        return self.env["blog.ai.generation"].search(list(domain), order=order)

    def generation(self, topic: str):
        return self.generations(("topic", "=", topic)).ensure_one()

    def outcomes(self, *domain) -> list[str]:
        """How the calls ended, the first one first."""
        calls = self.env["blog.ai.call"].search(list(domain), order="id")
        return [call.outcome for call in calls]


class Restartable(Case):
    """A case on a server that can be restarted."""

    @abstractmethod
    def leave_open(self, name: str, role: str) -> AbstractContextManager:
        """Run a tour and go on with what it shows: a ``live.browser.Page``."""

    @abstractmethod
    def restart(self) -> None:
        """End every process of the server, whatever it is at, and start it again."""
