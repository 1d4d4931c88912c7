# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Base classes of the writer's tests over a real socket."""

import functools

from odoo.tests import BaseCase, common

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pictures import PhotoSearch

from ..llm_server import LLMServer

KEY = "sk-fake-0123456789abcdef"
TOPICS = ("AI", "Bicycle repair in winter", "Why our bakery went back to sourdough")
PRESETS = {"openai_chat": "openai", "anthropic_messages": "anthropic"}


def each_protocol(test):
    """Run a test once per protocol, with a function that makes accounts of it."""

    @functools.wraps(test)
    def run(self):
        for protocol, preset in PRESETS.items():
            with self.subTest(protocol=protocol):
                self.begin()
                test(self, functools.partial(self.account, protocol, preset))

    return run


def search_of(llm_server, words="Bread & butter", key=KEY):
    """Return a search for photos on the fake server instead of Unsplash."""
    api = f"{llm_server.root}/unsplash"
    return PhotoSearch(words, key, api, (f"{api}/files/",))


class LocalRequests:
    """Requests to this machine pass by Odoo's guard, which lengthens their timeouts."""

    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        if r.url.startswith("http://127.0.0.1:"):
            return common._super_send(s, r, **kw)
        return super()._request_handler(s, r, **kw)


class LLMCase(LocalRequests, BaseCase):
    """Write articles through ``url`` with ``key``, without a database."""

    url = ""
    key = ""

    def begin(self):
        """Reset the server, in a subclass that has one, before each protocol's run."""

    def account(self, protocol, preset, model, **values):
        values = {"base_url": self.url, "api_key": self.key, "deadline": 20.0, **values}
        return llm.Account(protocol=protocol, preset=preset, model=model, **values)

    def write_article(self, account, topic="Bicycle repair in winter", **values):
        return llm.write(llm.ArticleRequest(topic, **values), account)

    def assertFails(self, account, code, http_status=None, call=None, kind="article"):
        """Return the error of ``call``, which writes an article by default.

        The error and its last call must agree.
        """
        with self.assertRaises(llm.LLMError) as caught:
            (call or self.write_article)(account)
        error = caught.exception
        self.assertEqual(error.code, code, error.detail)
        last = error.calls[-1]
        self.assertEqual((last.kind, last.outcome), (kind, code))
        self.assertEqual(last.http_status, http_status)
        self.assertEqual({*error.values}, {*llm.ERROR_KEYS[error.key]})
        if account.api_key:
            for text in (repr(error), repr(vars(error))):
                self.assertNotIn(account.api_key, text)
        return error


class FakeLLMCase(LLMCase):
    """Write articles with the fake LLM server."""

    key = KEY

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.llm = LLMServer().start()
        cls.addClassCleanup(cls.llm.close)
        cls.url = cls.llm.url

    def setUp(self):
        super().setUp()
        self.begin()

    def begin(self):
        self.llm.reset()
