# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The interface that every runner offers to a journey."""

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
WRITE = "/odoo/blog-ai-write"
POSTS = "/odoo/blog-post-pages"
OUTBOX = "/odoo/action-mail.action_view_mail_mail"

# Needs of a journey besides a browser and an administrator.
FAULTS = "faults"  # a provider that fails, waits or answers on demand
CLOCK = "clock"  # mornings that begin on demand
RESTART = "restart"  # a server that can be restarted
MAILBOX = "mailbox"  # emails as they arrive, complete for their recipient

DEFAULT_PROVIDER = "default provider"

# A behaviour: ``tours_at_once`` lets its calls be answered.
HELD = "hold"


class Case(ABC):
    """Records, people, a browser and assertions for one journey.

    Mixed into a ``unittest.TestCase`` by each runner.

    :ivar env: of an administrator
    :ivar llm: the fake LLM server; None with the offline writer
    :ivar site_url: of the site, without a path; links in emails begin with it
    """

    llm: LLMServer | None
    site_url: str

    @abstractmethod
    def person(self, role: str):
        """Return the user of a role; create it at the first request."""

    @abstractmethod
    def tour(self, name: str, role: str, url: str = WEBSITE) -> None:
        """Run a tour to its end in a browser of its own, and wait for the pump."""

    @abstractmethod
    def tours_at_once(self, name: str, *roles: str) -> None:
        """Run a tour for several people, so that their posts are written side by side.

        The tour has to end before its post is written. So the provider's behaviour is
        ``HELD``: no call is answered before each person's call has arrived.
        """

    @abstractmethod
    def settle(self) -> None:
        """Let the pump work on what a journey asked for outside the browser."""

    @abstractmethod
    def before(self) -> AbstractContextManager:
        """Go back to a time before any ``morning``, to create a journey's slots."""

    @abstractmethod
    def morning(self, moment: str, *slots) -> None:
        """Let the next planned day of some slots begin, and wait for its posts.

        :param moment: in UTC, for a runner that can set the clock
        """

    @abstractmethod
    def send_mails(self) -> None:
        """Send the emails that Odoo keeps in its queue for up to an hour."""

    @abstractmethod
    def mails(self, address: str, about: str) -> list[str]:
        """Return the HTML of emails to an address with this text in their subject."""

    @abstractmethod
    def program(self, method: str, **values) -> dict:
        """Call a method of ``blog.ai.api``, as another program does."""

    @abstractmethod
    def visit(self, path: str, host: str | None = None) -> tuple[int, str]:
        """Return status and text of a page, as a visitor gets it."""

    def provider(
        self, name: str, behaviour: str = "good", key: str = fixtures.GOOD_KEY
    ):
        """Create a provider; ``behaviour`` is a model of the fake LLM server."""
        return fixtures.provider(self.env, name, self.llm.url, key, behaviour)

    def calls_at_once(self, behaviour: str) -> int:
        """Return how many calls with this behaviour overlapped at most."""
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
        """Return the outcomes of calls, the oldest first."""
        calls = self.env["blog.ai.call"].search(list(domain), order="id")
        return [call.outcome for call in calls]


class Restartable(Case):
    """A case on a server that can be restarted."""

    @abstractmethod
    def leave_open(self, name: str, role: str) -> AbstractContextManager:
        """Run a tour and yield its open window, a ``live.browser.Page``."""

    @abstractmethod
    def restart(self) -> None:
        """Kill every process of the server, and start it again."""
