"""Runboat 0.2 over HTTP: its API, and the webhook that GitHub would call."""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from urllib.parse import quote

from .problems import Misconfigured, Unreachable
from .remote import Remote
from .settings import Settings

API = "/api/v1"
LABEL = 63  # characters of a host name's label, RFC 1035


@dataclass(frozen=True)
class MergeRequest:
    """A commit of a merge request, in Runboat's words.

    :param branch: the one that is merged into
    """

    repo: str
    branch: str
    number: int
    commit: str

    @classmethod
    def of(cls, settings: Settings) -> "MergeRequest":
        return cls(
            settings.required("CI_MERGE_REQUEST_PROJECT_PATH"),
            settings.required("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
            settings.number("CI_MERGE_REQUEST_IID"),
            settings.commit,
        )

    def check(self) -> None:
        text = f"{self.repo}-{self.branch}-pr{self.number}-{self.commit[:12]}"
        slug = re.sub(r"[^a-z0-9]", "-", text.lower())
        if (excess := len(slug) - LABEL) > 0:
            raise Misconfigured(
                f"The preview's host name would begin with {slug}, {excess} "
                f"characters longer than the {LABEL} that DNS allows: move the "
                "repository to a shorter path, or give the branch a shorter name."
            )

    def __str__(self) -> str:
        return f"{self.repo} !{self.number} for {self.branch} at {self.commit[:12]}"


@dataclass(frozen=True)
class Build:
    """A build of a commit.

    :param status: stopped, stopping, initializing, starting, started, failed or
        undeploying
    :param number: of the merge request; None for a branch
    """

    name: str
    status: str
    commit: str
    number: int | None
    link: str
    page: str

    @classmethod
    def of(cls, data: dict) -> "Build":
        info = data["commit_info"]
        return cls(
            name=data["name"],
            status=data["status"],
            commit=info["git_commit"],
            number=info.get("pr"),
            link=data["deploy_link"].rstrip("/"),
            page=data.get("webui_link", ""),
        )


class Runboat:
    """Reading, starting and resetting builds needs no authentication there."""

    def __init__(self, settings: Settings):
        self.settings = settings
        url = settings.required("RUNBOAT_URL")
        if found := re.search(r"/(api|webui|builds|webhooks)(/|$)", url):
            # Refused here: a wrong address would look like a Runboat that is away,
            # which the pipeline forgives.
            raise Misconfigured(
                f"RUNBOAT_URL is {url}: set it to the part before “{found[0]}”."
            )
        self.remote = Remote("Runboat", url, "RUNBOAT_URL")

    def builds(self, request: MergeRequest) -> list[Build]:
        query = {"repo": request.repo, "target_branch": request.branch}
        builds = self._read(self.remote.json("GET", f"{API}/builds", params=query))
        return [build for build in builds if build.number == request.number]

    def find(self, request: MergeRequest) -> Build | None:
        builds = (it for it in self.builds(request) if it.commit == request.commit)
        return next(builds, None)

    def build(self, name: str) -> Build | None:
        """Return a build; None if it is not there, or for a moment not listed."""
        answer = self.remote.ask("GET", _path(name))
        if answer.status_code == 404:
            return None
        return self._read([self.remote.decoded(answer)])[0]

    def counts(self) -> dict[str, int]:
        return self.remote.json("GET", f"{API}/status")

    def start(self, name: str) -> None:
        self.remote.json("POST", _path(name, "/start"))

    def reset(self, name: str) -> None:
        """Initialize a build again; to order it again does nothing."""
        self.remote.json("POST", _path(name, "/reset"))

    def init_log(self, name: str) -> str:
        answer = self.remote.ask("GET", _path(name, "/init-log"))
        return answer.text if answer.ok else ""

    def notify(self, request: MergeRequest, action: str) -> None:
        """Send GitHub's webhook, as far as Runboat reads it; it always answers 200.

        :param action: `synchronize` to build the commit, `closed` to undeploy all
            builds of the merge request
        """
        base, head = {"ref": request.branch}, {"sha": request.commit}
        pull = {"number": request.number, "base": base, "head": head}
        repository = {"full_name": request.repo}
        event = {"action": action, "repository": repository, "pull_request": pull}
        body = json.dumps(event).encode()
        secret = self.settings.required("RUNBOAT_WEBHOOK_SECRET").encode()
        signature = hmac.new(secret, body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-GitHub-Event": "pull_request",
            "X-Hub-Signature-256": f"sha256={signature}",
        }
        self.remote.json("POST", "/webhooks/github", data=body, headers=headers)

    def _read(self, found: list[dict]) -> list[Build]:
        try:
            return [Build.of(data) for data in found]
        except (KeyError, TypeError, AttributeError) as error:
            raise Unreachable(
                f"{self.remote.url} does not answer as Runboat 0.2 does ({error!r}): "
                "check RUNBOAT_URL and the version that runs there."
            ) from error


def _path(name: str, rest: str = "") -> str:
    return f"{API}/builds/{quote(name, safe='')}{rest}"
