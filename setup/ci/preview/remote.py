"""A web service, with every failure on the way to it as one sentence."""

import re
from urllib.parse import urljoin, urlsplit

import requests

from .problems import Misconfigured, Refused, Unreachable

TIMEOUT = (10, 60)  # seconds to connect, and between two packets


class Remote:
    """A service at the address that a variable holds.

    :param name: what a person calls it
    :param variable: the variable that holds `url`, for messages
    """

    def __init__(self, name: str, url: str, variable: str):
        if not re.fullmatch(r"https?://[^\s/@?#]+(/[^\s@?#]*)?", url):
            raise Misconfigured(
                f"{variable} is not the address of a service: set it to one such as "
                "https://runboat.example.com, without a user, “?” or “#”."
            )
        self.name, self.variable = name, variable
        self.url = url.rstrip("/")
        self.headers: dict[str, str] = {}

    def ask(
        self, method: str, path: str, headers: dict | None = None, **options
    ) -> requests.Response:
        """:raise Unreachable: there is no answer, or one that leads elsewhere"""
        try:
            # No session: Runboat's server closes a kept connection after 5 s, just when
            # the next look is due. No redirection: a POST would arrive as a GET.
            answer = requests.request(
                method,
                self.url + path,
                headers={**self.headers, **(headers or {})},
                timeout=TIMEOUT,
                allow_redirects=False,
                **options,
            )
        except requests.RequestException as error:
            raise Unreachable(
                f"{self.name} at {self.url} does not answer "
                f"({type(error).__name__}): check {self.variable}, and whether this "
                "runner may reach that host."
            ) from error
        if answer.is_redirect:
            target = urlsplit(urljoin(self.url, answer.headers["location"]))
            raise Unreachable(
                f"{self.name} at {self.url} sends us to {target.scheme}://"
                f"{target.netloc}: set {self.variable} to where it really is."
            )
        return answer

    def json(self, method: str, path: str, **options):
        """What a request that has to succeed answers."""
        return self.decoded(self.ask(method, path, **options))

    def decoded(self, answer: requests.Response):
        """The JSON of an answer.

        :raise Refused: it says that we may not
        :raise Unreachable: it reports another failure, or is no JSON
        """
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
