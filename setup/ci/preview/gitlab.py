"""The part of GitLab's API that a comment on a merge request needs."""

from collections.abc import Iterator
from urllib.parse import quote

from .problems import Refused
from .remote import Remote
from .settings import Settings

PAGE = 100  # notes; the most that GitLab gives at once


class GitLab:
    def __init__(self, settings: Settings):
        url = settings.required("CI_API_V4_URL")
        self.remote = Remote("GitLab", url, "CI_API_V4_URL")
        self.remote.headers["PRIVATE-TOKEN"] = settings.required("GITLAB_API_TOKEN")
        project = settings.required("CI_MERGE_REQUEST_PROJECT_ID")
        self.project = f"/projects/{quote(project, safe='')}"
        self.notes = (
            f"{self.project}/merge_requests/"
            f"{settings.number('CI_MERGE_REQUEST_IID')}/notes"
        )

    def comment(self, marker: str, body: str) -> bool:
        """Write our one comment, or write it anew.

        :param marker: what it begins with, and no other of ours does
        :return: whether there was none yet
        """
        me = self.remote.json("GET", "/user")["id"]
        note = next(
            (
                note
                for note in self._notes()
                # Anyone may quote the marker; only our own note can be edited.
                if note["author"]["id"] == me and note["body"].startswith(marker)
            ),
            None,
        )
        data = {"body": f"{marker}\n{body}"}
        if note:
            self.remote.json("PUT", f"{self.notes}/{note['id']}", json=data)
        else:
            self.remote.json("POST", self.notes, json=data)
        return note is None

    def _notes(self) -> Iterator[dict]:
        page = "1"
        while page:
            query = {"per_page": PAGE, "page": page, "sort": "asc"}
            answer = self.remote.ask("GET", self.notes, params=query)
            if not answer.ok:
                raise Refused(
                    f"GitLab answers {answer.status_code} to the notes of the merge "
                    "request: GITLAB_API_TOKEN must be a token of this project with "
                    "the role Reporter and the scope api."
                )
            yield from answer.json()
            page = answer.headers.get("x-next-page", "")

    def file(self, path: str, branch: str) -> bytes | None:
        """A file as `branch` has it; None if it has none."""
        url = f"{self.project}/repository/files/{quote(path, safe='')}/raw"
        answer = self.remote.ask("GET", url, params={"ref": branch})
        return answer.content if answer.ok else None
