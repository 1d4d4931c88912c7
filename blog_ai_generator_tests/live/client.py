# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A person's session and requests, without a browser."""

import time
from collections.abc import Callable

import requests

PATIENCE = 60.0  # seconds for one answer


class Refused(Exception):
    """Odoo answered a call with an error; the text is what a person would read.

    :param name: full name of Odoo's exception
    """

    def __init__(self, name: str, message: str):
        super().__init__(message)
        self.name = name


class Client:
    """One logged-in session; threads that share it share only its cookies.

    :param url: of Odoo, without a path
    :raise Refused: wrong login or password
    """

    def __init__(self, url: str, database: str, login: str, password: str):
        self.url = url
        self._http = requests.Session()
        self._http.trust_env = False  # ignore this machine's proxy
        session = self.rpc(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": password},
        )
        self.user_id: int = session["uid"]

    @property
    def session_id(self) -> str:
        """Cookie with which a browser can continue this session."""
        return self._http.cookies["session_id"]

    def call(self, model: str, method: str, *args, **kwargs):
        """Call a model's method as the web client does.

        :raise Refused: with the message that a person would read
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
        """Fetch a whole page.

        :raise requests.HTTPError: the answer is an error
        """
        answer = self._http.get(self.url + path, timeout=PATIENCE)
        answer.raise_for_status()
        return answer


def wait_until(
    condition: Callable, timeout: float = PATIENCE, pause: float = 0.05
) -> object:
    """Poll ``condition()`` until it is true, and return its result.

    :raise TimeoutError: it was not true within ``timeout`` seconds
    """
    end = time.monotonic() + timeout
    while not (result := condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"The condition was not met within {timeout:.0f} s.")
        time.sleep(pause)
    return result
