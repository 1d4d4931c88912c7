"""Runboat's API, version 0.2, and what its forks have in common with it.

Reading, starting and resetting need no authentication there; ordering and deleting
builds do, by HTTP Basic.
"""

from dataclasses import dataclass
from urllib.parse import quote

import requests

from .problems import Refused, Unreachable
from .remote import Remote
from .revision import Revision
from .settings import Settings

API = "/api/v1"


@dataclass(frozen=True)
class Build:
    """
    :param status: stopped, stopping, initializing, starting, started, failed or
        undeploying
    :param number: of the merge or pull request; None for a branch
    """

    name: str
    status: str
    commit: str
    branch: str
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
            branch=info["target_branch"],
            number=info.get("pr"),
            link=data["deploy_link"].rstrip("/"),
            page=data.get("webui_link", ""),
        )


class Runboat:
    def __init__(self, settings: Settings):
        self.settings = settings
        url = settings.required("RUNBOAT_URL")
        self.remote = Remote("Runboat", url, "RUNBOAT_URL")

    def builds(self, repo: str, branch: str) -> list[Build]:
        """The builds of a branch and of all that is to be merged into it."""
        query = {"repo": repo, "target_branch": branch}
        found = self.remote.json("GET", f"{API}/builds", params=query)
        try:
            return [Build.of(data) for data in found]
        except (KeyError, TypeError, AttributeError) as error:
            raise self._strange(error) from error

    def find(self, revision: Revision) -> Build | None:
        """The build of a commit: a merge request has one for each of its commits."""
        return next(
            (
                build
                for build in self.builds(revision.repo, revision.branch)
                if (build.commit, build.number) == (revision.commit, revision.number)
            ),
            None,
        )

    def build(self, name: str) -> Build | None:
        """None if it is not there, or not there just now."""
        answer = self.remote.ask("GET", _path(name))
        if answer.status_code == 404:
            return None
        try:
            return Build.of(self.remote.decoded(answer))
        except (KeyError, TypeError, AttributeError) as error:
            raise self._strange(error) from error

    def counts(self) -> dict[str, int]:
        counts = self.remote.json("GET", f"{API}/status")
        if not isinstance(counts, dict):
            raise self._strange(TypeError("no counts"))
        return counts

    def start(self, name: str) -> None:
        """Ignored there, and answered alike, unless the build is stopped."""
        self.remote.json("POST", _path(name, "/start"))

    def reset(self, name: str) -> None:
        """Have it initialized again: to order it again does nothing."""
        self.remote.json("POST", _path(name, "/reset"))

    def init_log(self, name: str) -> str:
        """The page with the log of the installation; empty if there is none."""
        answer = self.remote.ask("GET", _path(name, "/init-log"))
        return answer.text if answer.ok else ""

    def webhook(self, event: str, body: bytes, signature: str) -> None:
        """Always answered alike, also when the signature is wrong."""
        headers = {
            "Content-Type": "application/json",
            "X-GitHub-Event": event,
            "X-Hub-Signature-256": signature,
        }
        self.remote.json("POST", "/webhooks/github", data=body, headers=headers)

    def order(self, what: str, **query: str | int) -> bool:
        """Ask for a build.

        :return: False if Runboat failed over it; the build may be there all the same
        """
        return self._authorized("POST", f"/builds/trigger/{what}", query).ok

    def delete(self, repo: str, **which: str | int) -> None:
        """Undeploy builds. Without a filter Runboat would undeploy those of everyone.

        :param which: `pr` or `branch`
        """
        if not repo or not which or not all(which.values()):
            raise ValueError("A delete names a repository and what of it.")
        if not self._authorized("DELETE", "/builds", {"repo": repo, **which}).ok:
            raise Unreachable(
                "Runboat failed to undeploy the build: look at its log, or undeploy "
                "the build on its page."
            )

    def _authorized(self, method: str, path: str, query: dict) -> requests.Response:
        user = self.settings.required("RUNBOAT_API_USER")
        password = self.settings.required("RUNBOAT_API_PASSWORD")
        credentials = (user.encode(), password.encode())
        answer = self.remote.ask(method, API + path, params=query, auth=credentials)
        if answer.status_code in (401, 403):
            raise Refused(
                "Runboat refused RUNBOAT_API_USER and RUNBOAT_API_PASSWORD: set them "
                "to its RUNBOAT_API_ADMIN_USER and RUNBOAT_API_ADMIN_PASSWD."
            )
        if answer.status_code in (404, 405, 422):
            raise Refused(
                f"Runboat does not know {method} {path} ({answer.status_code}): set "
                "RUNBOAT_TRIGGER to one that this Runboat has; 'mr' is a fork's."
            )
        return answer

    def _strange(self, error: Exception) -> Unreachable:
        return Unreachable(
            f"{self.remote.url} answers not as Runboat 0.2 does ({error!r}): check "
            "RUNBOAT_URL and the version that runs there."
        )


def _path(name: str, rest: str = "") -> str:
    return f"{API}/builds/{quote(name, safe='')}{rest}"
