"""The part of GitLab's API that a comment on a merge request needs."""

from collections.abc import Iterator
from urllib.parse import quote

from .remote import Remote
from .settings import Settings


class GitLab:
    def __init__(self, settings: Settings):
        url = settings.required("CI_API_V4_URL")
        token = {"PRIVATE-TOKEN": settings.required("GITLAB_API_TOKEN")}
        self.remote = Remote("GitLab", url, "CI_API_V4_URL", token)
        project = quote(settings.required("CI_MERGE_REQUEST_PROJECT_ID"), safe="")
        number = settings.number("CI_MERGE_REQUEST_IID")
        self.files = f"/projects/{project}/repository/files"
        self.notes = f"/projects/{project}/merge_requests/{number}/notes"

    def comment(self, marker: str, body: str) -> bool:
        """Write our one comment, or update it; return True if it is new.

        :param marker: the beginning of our comment, and of no other one of ours
        """
        me = self.remote.json("GET", "/user")["id"]
        data = {"body": f"{marker}\n{body}"}
        for note in self._notes():
            # Anyone may quote the marker; only our own note can be edited.
            if note["author"]["id"] == me and note["body"].startswith(marker):
                self.remote.json("PUT", f"{self.notes}/{note['id']}", json=data)
                return False
        self.remote.json("POST", self.notes, json=data)
        return True

    def _notes(self) -> Iterator[dict]:
        page = "1"
        while page:  # a page has 100 notes, the most that GitLab gives at once
            query = {"per_page": 100, "page": page, "sort": "asc"}
            answer = self.remote.ask("GET", self.notes, params=query)
            yield from self.remote.decoded(answer)
            page = answer.headers.get("x-next-page", "")

    def file(self, path: str, branch: str) -> bytes | None:
        url = f"{self.files}/{quote(path, safe='')}/raw"
        answer = self.remote.ask("GET", url, params={"ref": branch})
        return answer.content if answer.ok else None
