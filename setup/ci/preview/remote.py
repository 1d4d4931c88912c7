"""A web service; every failure on the way to it becomes one sentence."""

import re
from urllib.parse import urljoin, urlsplit

import requests

from .problems import Misconfigured, Refused, Unreachable

TIMEOUT = (10, 60)  # seconds to connect, and between two packets


class Remote:
    """A service; `variable` names the variable that `url` is from, for messages."""

    def __init__(self, name: str, url: str, variable: str, headers: dict | None = None):
        if not re.fullmatch(r"https?://[^\s/@?#]+(/[^\s@?#]*)?", url):
            raise Misconfigured(
                f"{variable} is not the address of a service: set it to one such as "
                "https://runboat.example.com, without a user, “?” or “#”."
            )
        self.name, self.variable, self.url = name, variable, url.rstrip("/")
        self.headers = headers or {}

    def ask(self, method: str, path: str, **options) -> requests.Response:
        """Return the answer to a request, whatever its status; no redirection."""
        try:
            # No session: Runboat's server closes a kept connection after 5 s, just when
            # the next look is due. No redirection: a POST would arrive as a GET.
            answer = requests.request(
                method,
                self.url + path,
                timeout=TIMEOUT,
                allow_redirects=False,
                **{"headers": self.headers, **options},
            )
        except requests.RequestException as error:
            raise Unreachable(
                f"{self.name} at {self.url} does not answer "
                f"({type(error).__name__}): check {self.variable}, and whether this "
                "runner may reach that host."
            ) from error
        if answer.is_redirect:
            target = urljoin(answer.url, answer.headers["location"]).partition("?")[0]
            raise Unreachable(
                f"{self.name} at {self.url} redirects to {target}: set {self.variable} "
                "to the final address."
            )
        return answer

    def json(self, method: str, path: str, **options):
        return self.decoded(self.ask(method, path, **options))

    def decoded(self, answer: requests.Response):
        asked = f"{answer.request.method} {urlsplit(answer.request.url).path}"
        if answer.status_code in (401, 403):
            raise Refused(
                f"{self.name} answers {answer.status_code} to {asked}: check "
                f"{self.variable} and the secret, and what its owner may do there."
            )
        try:
            if not answer.ok:
                raise ValueError
            return answer.json()
        except ValueError:
            raise Unreachable(
                f"{self.name} at {self.url} answers {answer.status_code} to {asked}, "
                f"not as {self.name} does: check {self.variable}, or look at its log."
            ) from None
