"""Write a post as a reviewer of a preview does: reviewer.py URL DATABASE.

Goes through the web client's own requests, and so proves that the scheduled actions of
that Odoo run. The database needs demo data, where the password of admin is admin.
"""

import sys
import time

import requests

TIMEOUT = 30  # seconds for one answer; the first request loads the registry
WRITING = 180  # seconds for the offline provider's post, with the wait for the cron
TOPIC = "What a reviewer sees first"


class Reviewer:
    def __init__(self, url: str):
        self.url, self.session = url, requests.Session()
        self.session.trust_env = False  # the server is on this machine

    def log_in(self, database: str) -> None:
        credentials = {"db": database, "login": "admin", "password": "admin"}
        self.ask("/web/session/authenticate", credentials)

    def write_post(self) -> str:
        """Fill in “Write a post”, wait for the cron, and return the post's title."""
        wizard = self.call("blog.ai.write", "create", [{"topic": TOPIC}])
        generation = self.call("blog.ai.write", "action_write", wizard)["res_id"]
        end = time.monotonic() + WRITING
        while time.monotonic() < end:
            fields = ["state", "error", "post_id"]
            (read,) = self.call("blog.ai.generation", "read", [generation], fields)
            if read["state"] == "done":
                return read["post_id"][1]
            if read["state"] in ("failed", "cancelled"):
                sys.exit(f"The post was not written. {read['error']}")
            time.sleep(0.5)
        sys.exit(f"After {WRITING} s the post is {read['state']}: does the cron run?")

    def call(self, model: str, method: str, *args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.ask("/web/dataset/call_kw", params)

    def ask(self, path: str, params: dict):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.session.post(self.url + path, json=body, timeout=TIMEOUT).json()
        if "error" in answer:
            sys.exit(f"Odoo refused {path}: {answer['error']['data']['message']}")
        return answer["result"]


def main() -> None:
    url, database = sys.argv[1:]
    begun = time.monotonic()
    reviewer = Reviewer(url)
    reviewer.log_in(database)
    title = reviewer.write_post()
    print(f"“{title}” was written after {time.monotonic() - begun:.1f} s.", flush=True)


if __name__ == "__main__":
    main()
