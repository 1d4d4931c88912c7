"""The Odoo of a preview, as a visitor and as a reviewer meet it."""

from urllib.parse import parse_qs, urlsplit

import requests

from .clock import Clock
from .problems import BuildFailed, Misconfigured, TooLate, Unreachable

TIMEOUT = 30  # seconds; the first visit loads Odoo
WRITING = 180  # seconds for a post of the offline provider, the cron's nap included
FINAL = ("done", "failed", "cancelled")


def healthy(link: str) -> str | None:
    """Where the Odoo behind `link` really is, once it answers.

    Runboat writes every link with http; its ingress may lead on to https.
    """
    try:
        answer = requests.get(f"{link}/web/health", timeout=TIMEOUT)
        if answer.ok and answer.json()["status"] == "pass":
            return answer.url.removesuffix("/web/health")
    except (requests.RequestException, ValueError, KeyError, TypeError):
        pass
    return None


def databases(base: str) -> list[str] | None:
    """The databases that this Odoo serves; None if it does not tell."""
    body = {"jsonrpc": "2.0", "method": "call", "params": {}}
    try:
        url = f"{base}/web/database/list"
        return list(requests.post(url, json=body, timeout=TIMEOUT).json()["result"])
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return None


def preview_url(base: str, database: str) -> str:
    return f"{base}/web?db={database}"


class Reviewer:
    """Somebody who is logged in to a preview.

    :param url: a preview's, as `preview_url` makes it
    """

    def __init__(self, url: str, clock: Clock):
        parts = urlsplit(url)
        self.base = f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('/web')}"
        self.database = parse_qs(parts.query).get("db", [""])[0]
        if not self.database:
            raise Misconfigured(
                "PREVIEW_URL names no database: take what preview gave."
            )
        self.clock = clock
        self.session = requests.Session()

    def log_in(self, login: str = "admin", password: str = "admin") -> None:
        """Demo data has the administrator's password be as his login."""
        self._call(
            "/web/session/authenticate",
            {"db": self.database, "login": login, "password": password},
        )

    def write_post(self, topic: str) -> tuple[str, float]:
        """Fill in “Write a post” and wait for the cron to write it.

        :return: the post's title, and the seconds it took
        """
        begun = self.clock.now()
        wizard = self._model("blog.ai.write", "create", [{"topic": topic}])
        action = self._model("blog.ai.write", "action_write", wizard)
        generation = [action["res_id"]]
        fields = ["state", "error", "post_id"]
        while (seconds := self.clock.now() - begun) < WRITING:
            (read,) = self._model("blog.ai.generation", "read", generation, fields)
            if read["state"] == "done":
                return read["post_id"][1], seconds
            if read["state"] in FINAL:
                raise BuildFailed(f"The post was not written. {read['error']}")
            self.clock.sleep(0.5)
        raise TooLate(
            f"The post was still {read['state']} after {WRITING} s: see in the "
            "preview's log whether its scheduled actions run."
        )

    def _model(self, model: str, method: str, *args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self._call("/web/dataset/call_kw", params)

    def _call(self, path: str, params: dict):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        url = self.base + path
        try:
            answer = self.session.post(url, json=body, timeout=TIMEOUT).json()
        except (requests.RequestException, ValueError) as error:
            raise Unreachable(
                f"The preview at {self.base} does not answer ({type(error).__name__}): "
                "start it with the command preview."
            ) from error
        if "error" in answer:
            message = answer["error"].get("data", answer["error"]).get("message")
            raise BuildFailed(f"The preview refused {path}: {message}")
        return answer["result"]
