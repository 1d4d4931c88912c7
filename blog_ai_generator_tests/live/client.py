# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A person at work, seen from the server: a session and its requests."""

import time
from collections.abc import Callable

import requests

PATIENCE = 60.0  # seconds for one answer


class Refused(Exception):
    """Odoo answered a call with an error; the text is what the person would read.

    :param name: the exception's full name in Odoo
    """

    def __init__(self, name: str, message: str):
        super().__init__(message)
        self.name = name


class Client:
    """One logged-in session. Threads that share one share its cookies only.

    :param url: where Odoo is, without a path
    :raise Refused: wrong login or password
    """

    def __init__(self, url: str, database: str, login: str, password: str):
        self.url = url
        self._http = requests.Session()
        self._http.trust_env = False  # no proxy of this machine
        session = self.rpc(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": password},
        )
        self.user_id: int = session["uid"]

    @property
    def session_id(self) -> str:
        """The cookie by which a browser goes on with this session."""
        return self._http.cookies["session_id"]

    def call(self, model: str, method: str, *args, **kwargs):
        """What the web client sends for a method of a model.

        :raise Refused: with what the person would read
        """
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.rpc(f"/web/dataset/call_kw/{model}/{method}", params)

    def rpc(self, path: str, params: dict):
        answer = self._http.post(
            self.url + path,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        body = answer.json()
        if problem := body.get("error"):
            raise Refused(problem["data"]["name"], problem["data"]["message"])
        return body["result"]

    def get(self, path: str) -> requests.Response:
        """A page, whole.

        :raise requests.HTTPError: it answers with an error
        """
        answer = self._http.get(self.url + path, timeout=PATIENCE)
        answer.raise_for_status()
        return answer


def wait_until(
    condition: Callable, timeout: float = PATIENCE, pause: float = 0.05
) -> object:
    """What ``condition()`` returns as soon as that is true, for what tells nobody.

    :raise TimeoutError: it was not within ``timeout`` seconds
    """
    end = time.monotonic() + timeout
    while not (result := condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"It did not come about within {timeout:.0f} s.")
        time.sleep(pause)
    return result
