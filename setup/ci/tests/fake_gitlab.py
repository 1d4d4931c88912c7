"""The part of GitLab's API that is used: notes, raw files, the token's user."""

import json
import re
from urllib.parse import unquote

from service import Answer, Request, Service

PAGE = 20  # notes on a page at most, so that a test reaches the second one
US, SOMEONE = 77, 5


class FakeGitLab:
    token = "a-gitlab-token-of-ours"

    def __init__(self):
        self.notes: list[dict] = []
        self.files: dict[tuple[str, str], str] = {}  # (branch, path)
        self.service = Service(self.respond)
        self.url = f"{self.service.url}/api/v4"

    def close(self) -> None:
        self.service.close()

    def add_note(self, author: int, body: str) -> dict:
        note = {
            "id": 1000 + len(self.notes),
            "body": body,
            "author": {"id": author},
            "system": False,
        }
        self.notes.append(note)
        return note

    def respond(self, request: Request) -> Answer:
        if request.headers.get("private-token") != self.token:
            return Answer({"message": "401 Unauthorized"}, 401)
        path = request.path.removeprefix("/api/v4")
        if path == "/user":
            return Answer({"id": US, "username": "project_9_bot"})
        if match := re.fullmatch(r"/projects/9/repository/files/([^/]+)/raw", path):
            key = (request.query["ref"], unquote(match[1]))
            if key in self.files:
                return Answer(self.files[key])
            return Answer({"message": "404 File Not Found"}, 404)
        if match := re.fullmatch(r"/projects/9/merge_requests/7/notes(/\d+)?", path):
            return self.noted(request, match[1])
        return Answer({"message": "404 Not Found"}, 404)

    def noted(self, request: Request, note: str | None) -> Answer:
        if request.method == "POST":
            return Answer(self.add_note(US, json.loads(request.body)["body"]), 201)
        if request.method == "PUT":
            (found,) = [n for n in self.notes if n["id"] == int(note[1:])]
            if found["author"]["id"] != US:
                return Answer({"message": "403 Forbidden"}, 403)
            found["body"] = json.loads(request.body)["body"]
            return Answer(found)
        size = min(int(request.query["per_page"]), PAGE)
        page = int(request.query["page"])
        more = len(self.notes) > page * size
        begin = (page - 1) * size
        headers = {"x-next-page": str(page + 1) if more else ""}
        return Answer(self.notes[begin : begin + size], 200, headers)
