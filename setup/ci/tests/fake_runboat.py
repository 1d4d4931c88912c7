"""A Runboat that behaves as the real one does, oddities included, on a test's clock.

It decides by what arrives over HTTP alone.
"""

import hashlib
import hmac
import html
import json
import re
from dataclasses import dataclass, field

from service import Answer, Request, Service

API = "/api/v1"
LAG = 2.0  # seconds until the controller has seen an order, a start or a reset
UNDEPLOYS = 45.0  # seconds between `undeploying` and 404
STARTING = 4.0  # seconds until the port is open
NO_SUCH = Answer({"detail": "Not Found"}, 404)
PAGE = (
    '<html><head><style>.ansi31 {{ color: #aa0000; }}</style></head><body><pre class="'
    'ansi2html-content">{}\n</pre></body></html>'
)


@dataclass
class Plan:
    """The fate of a build; seconds count from its order, and then from its start.

    :param outcome: full, baseonly (ends as if all were well) or failed
    :param stops: after how many seconds the limit stops it, one for each start
    """

    outcome: str = "full"
    initializing: float = 120
    booting: float = 6
    evicted: float = float("inf")
    stops: list[float] = field(default_factory=list)
    tells_databases: bool = True
    log: str = "+ odoo -d {name} -i blog_ai_generator --stop-after-init"


@dataclass
class FakeBuild:
    name: str
    repo: str
    branch: str
    commit: str
    pr: int | None
    plan: Plan
    ordered: float
    started: float | None = None
    deleted: float = float("inf")

    @property
    def slug(self) -> str:
        pull = f"-pr{self.pr}" if self.pr else ""
        text = f"{self.repo}-{self.branch}{pull}-{self.commit[:12]}"
        return re.sub("[^a-z0-9]", "-", text)

    def status(self, now: float) -> str | None:
        """Return the status; None before it is there, and after it is gone."""
        gone = min(self.deleted, self.ordered + self.plan.evicted)
        if now < self.ordered or now >= gone + UNDEPLOYS:
            return None
        if now >= gone:
            return "undeploying"
        if now < self.ordered + self.plan.initializing:
            return "initializing"
        if self.plan.outcome == "failed":
            return "failed"
        if self.started is None or now < self.started:
            return "stopped"
        if self.plan.stops and now >= self.started + self.plan.stops[0]:
            self.plan.stops.pop(0)
            self.started = None
            return "stopping"
        return "starting" if now < self.started + STARTING else "started"

    def databases(self) -> list[str]:
        full = [self.name] if self.plan.outcome == "full" else []
        return [*full, f"{self.name}-baseonly"]


class FakeRunboat:
    """A Runboat, and the sites that it serves.

    :param clock: has `monotonic()`
    :ivar plans: for the builds to come; the last one is for all that follow
    :ivar out_of_sight: spans of time in which it has forgotten every build
    :ivar down: spans of time in which only its proxy answers
    """

    secret = "a-webhook-secret"
    repos = re.compile(r"^my-group/blog-ai$", re.IGNORECASE)
    branch = re.compile(r"^(19\.0|main)$")

    def __init__(self, clock):
        self.clock = clock
        self.plans: list[Plan] = [Plan()]
        self.builds: list[FakeBuild] = []
        self.out_of_sight: list[tuple[float, float]] = []
        self.down: list[tuple[float, float]] = []
        self.moved = ""  # address to which a site sends its visitors
        self.site = Service(self.visit)
        self.api = Service(self.respond)
        self.url = self.api.url

    def close(self) -> None:
        self.site.close()
        self.api.close()

    def seen(self) -> list[FakeBuild]:
        if self.within(self.out_of_sight):
            return []
        return [build for build in self.builds if build.status(self.clock.monotonic())]

    def within(self, spans: list[tuple[float, float]]) -> bool:
        now = self.clock.monotonic()
        return any(begin <= now < end for begin, end in spans)

    def order(self, repo: str, branch: str, commit: str, pr: int | None = None):
        repo = repo.lower()
        key = (repo, branch, commit, pr)
        for build in self.builds:
            if build.status(self.clock.monotonic()) and key == (
                build.repo,
                build.branch,
                build.commit,
                build.pr,
            ):
                return
        plan = self.plans.pop(0) if len(self.plans) > 1 else self.plans[0]
        name = f"b{len(self.builds):07x}-0000-4000-8000-000000000000"
        at = self.clock.monotonic() + LAG
        self.builds.append(FakeBuild(name, *key, plan, at))

    def respond(self, request: Request) -> Answer:
        if self.within(self.down):
            return Answer("Bad Gateway", 502)
        if request.path == "/webhooks/github":
            self.webhook(request)
            return Answer()
        path = request.path.removeprefix(f"{API}/")
        if path == "status":
            return Answer(self.counts())
        if path == "builds":
            return self.collection(request)
        match = re.fullmatch(r"builds/([^/]+)(?:/(start|stop|reset|init-log))?", path)
        if not match:
            return NO_SUCH
        build = next((b for b in self.seen() if b.name == match[1]), None)
        return self.one(build, match[2] or "", request.method) if build else NO_SUCH

    def webhook(self, request: Request) -> None:
        """Act on a webhook, and say nothing about it, as the real one does."""
        digest = hmac.new(self.secret.encode(), request.body, hashlib.sha256)
        signature = request.headers.get("x-hub-signature-256", "")
        if not hmac.compare_digest(f"sha256={digest.hexdigest()}", signature):
            return
        payload = json.loads(request.body)
        repo = payload["repository"]["full_name"]
        pull = payload["pull_request"]
        branch = pull["base"]["ref"]
        if not self.admits(repo, branch):
            return
        if payload["action"] in ("opened", "synchronize"):
            self.order(repo, branch, pull["head"]["sha"], pull["number"])
        elif payload["action"] == "closed":
            self.undeploy({"repo": repo, "pr": str(pull["number"])})

    def admits(self, repo: str, branch: str) -> bool:
        return bool(self.repos.match(repo) and self.branch.match(branch))

    def collection(self, request: Request) -> Answer:
        if request.method != "GET":
            return Answer({"detail": "Method Not Allowed"}, 405)
        return Answer(
            [
                {key: value for key, value in found.items() if value is not None}
                for found in map(self.described, self.matching(request.query))
            ]
        )

    def matching(self, query: dict[str, str]) -> list[FakeBuild]:
        """Return the builds that match all filters; without any, all builds."""
        wanted = {
            "repo": lambda b, value: b.repo == value.lower(),
            "target_branch": lambda b, value: b.branch == value,
            "branch": lambda b, value: b.branch == value and b.pr is None,
            "pr": lambda b, value: str(b.pr) == value,
        }
        return [
            build
            for build in self.seen()
            if all(wanted[key](build, value) for key, value in query.items())
        ]

    def undeploy(self, query: dict[str, str]) -> Answer:
        for build in self.matching(query):
            build.deleted = min(build.deleted, self.clock.monotonic())
        return Answer()

    def one(self, build: FakeBuild, operation: str, method: str) -> Answer:
        now = self.clock.monotonic()
        if operation == "init-log":
            text = build.plan.log.format(name=build.name)
            if not text:
                return Answer({"detail": "No log found."}, 404)
            marked = f'<span class="ansi31">{html.escape(text)}</span>'
            return Answer(PAGE.format(marked))
        if operation == "start" and build.status(now) in ("stopped", "stopping"):
            build.started = now + LAG
        elif operation == "reset":
            build.plan = self.plans[0]
            build.started, build.ordered = None, now
        elif not operation and method == "GET":
            return Answer(self.described(build))
        return Answer()

    def described(self, build: FakeBuild) -> dict:
        info = {
            "repo": build.repo,
            "target_branch": build.branch,
            "git_commit": build.commit,
        }
        info.update({"pr": build.pr} if build.pr else {})
        github = f"https://github.com/{build.repo}"
        return {
            "name": build.name,
            "commit_info": info,
            "deploy_link": f"{self.site.url}/{build.slug}",
            "repo_target_branch_link": f"{github}/tree/{build.branch}",
            "repo_pr_link": f"{github}/pull/{build.pr}" if build.pr else None,
            "webui_link": f"{self.url}/builds/{build.name}",
            "status": build.status(self.clock.monotonic()),
        }

    def counts(self) -> dict[str, int]:
        statuses = [build.status(self.clock.monotonic()) for build in self.seen()]
        return {
            "deployed": len(statuses),
            "started": statuses.count("started"),
            "max_started": 6,
            "to_initialize": 4,
            "initializing": statuses.count("initializing"),
            "max_initializing": 2,
        }

    def visit(self, request: Request) -> Answer:
        slug, _, path = request.path.lstrip("/").partition("/")
        if self.moved and slug != self.moved:
            return Answer("", 302, {"location": f"/{self.moved}/{path}"})
        now = self.clock.monotonic()
        build = next((b for b in self.seen() if slug in (b.slug, self.moved)), None)
        if not build:
            return Answer("default backend - 404", 404)
        if build.status(now) != "started" or (
            now < build.started + STARTING + build.plan.booting
        ):
            return Answer("Service Temporarily Unavailable", 503)
        if path == "web/health":
            return Answer({"status": "pass"})
        if build.plan.tells_databases:
            return Answer({"jsonrpc": "2.0", "id": None, "result": build.databases()})
        error = {"code": 200, "message": "Odoo Server Error", "data": {}}
        return Answer({"jsonrpc": "2.0", "id": None, "error": error})
