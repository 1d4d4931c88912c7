"""Start a preview and wait until it answers; end a merge request's builds."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from . import logs, site
from .problems import BuildFailed, Crowded, Problem, Refused, TooLate, Unreachable
from .runboat import Build, MergeRequest, Runboat
from .settings import Settings

INTERVAL = 5  # seconds between two looks
APPEARS = 60  # seconds for an ordered build to be listed
GONE = 30  # seconds out of sight that make it gone: Runboat forgets all for a moment
LEAVES = 300  # seconds for a build to be undeployed, its databases included
CLOSES = 90  # seconds for builds to begin undeploying
AGAIN = 15  # seconds for Runboat to act on a start or a reset
STARTS = 3  # each further one after its limit has stopped the build
SIGN_OF_LIFE = 60  # seconds without news after which the job's log gets a line


class BringUp:
    """The way of one preview; `clock` has `monotonic` and `sleep`, as module `time`."""

    def __init__(self, settings: Settings, clock, say: Callable[[str], None]):
        self.runboat, self.settings = Runboat(settings), settings
        self.request = MergeRequest.of(settings)
        self.clock, self.now, self.say = clock, clock.monotonic, say
        self.build: Build | None = None  # as it was last seen
        self.shown = ""  # the status that was logged last
        self.begun = self.now()

    def run(self) -> str:
        """Follow the build until a reviewer can log in, and return its address.

        A build that Runboat's limit undeploys on the way is ordered once more.

        :raise Problem: the reason why there is none
        """
        self.request.check()
        self.say(f"Preview of {self.request}")
        try:
            return self.attempt()
        except Crowded as problem:
            if self.build:
                raise
            self.log(f"{problem} Asking once more.")
            return self.attempt()

    def attempt(self) -> str:
        self.order()
        self.wait_for_installation()
        return self.wait_for_odoo()

    def order(self) -> None:
        self.build = self.wait_for_undeployment()
        if self.build and self.build.status == "failed":
            self.log("its build has failed before: initializing it again")
            self.runboat.reset(self.build.name)
            self.clock.sleep(AGAIN)  # its old status shows for a moment longer
            return
        self.runboat.notify(self.request, "synchronize")
        self.log("asked for a build")
        end = self.now() + APPEARS
        while not self.build and self.now() < end:
            with suppress(Unreachable):
                self.build = self.runboat.find(self.request)
            self.clock.sleep(1)
        if not self.build:
            raise Refused(
                f"Runboat has no build of {self.request} after {APPEARS} s. It tells "
                "the reason only to its own log: its RUNBOAT_GITHUB_WEBHOOK_SECRET "
                "differs from RUNBOAT_WEBHOOK_SECRET here, its RUNBOAT_REPOS does not "
                f"admit “{self.request.repo}” with the branch “{self.request.branch}”, "
                "or kubectl failed there."
            )
        self.log(f"build {self.build.name} {self.build.page}")

    def wait_for_undeployment(self) -> Build | None:
        """Return the build that is there. An order is lost while a build leaves."""
        end = self.now() + LEAVES
        while self.now() < end:
            build = self.runboat.find(self.request)
            if not build or build.status != "undeploying":
                return build
            self.clock.sleep(INTERVAL)
        raise Crowded(
            f"Runboat is still undeploying an earlier build of this commit after "
            f"{LEAVES} s: see why on {build.page}, then run the job again."
        )

    def wait_for_installation(self) -> None:
        for build in self.watch("RUNBOAT_INIT_SECONDS"):
            if build.status == "failed":
                raise BuildFailed(
                    "The build failed before the addons were installed: its log says "
                    "why. Fix that, or run the job again."
                )
            if build.status in ("stopped", "starting", "started"):
                return

    def wait_for_odoo(self) -> str:
        """Start it, as often as Runboat's limit stops it, until Odoo answers."""
        starts, asked = 0, float("-inf")
        for build in self.watch("RUNBOAT_START_SECONDS"):
            if build.status == "stopped" and self.now() - asked >= AGAIN:
                if starts == STARTS:
                    raise Crowded(
                        f"Runboat stopped the build again after each of {STARTS} "
                        "starts: raise its RUNBOAT_MAX_STARTED, or run the job again "
                        "when fewer previews are in use."
                    )
                starts, asked = starts + 1, self.now()
                self.log("starting it" + " again: it was stopped" * (starts > 1))
                self.runboat.start(build.name)
            elif build.status == "started" and (base := site.healthy(build.link)):
                self.check_database(build, base)
                return f"{base}/web?db={build.name}"

    def check_database(self, build: Build, base: str) -> None:
        names = site.databases(base)
        if names is None:
            self.log("Odoo lists no databases: are the addons installed?")
        elif build.name not in names:
            raise BuildFailed(
                "The addons do not install: Runboat kept only a database without "
                "them. The end of the build's log says why."
            )

    def watch(self, limit: str) -> Iterator[Build]:
        """Yield the build every `INTERVAL`, for the seconds in the variable `limit`."""
        begun = seen = spoken = self.now()
        while (now := self.now()) - begun < self.settings.number(limit):
            build, problem = None, None
            try:
                build = self.runboat.build(self.build.name)
            except Unreachable as error:
                problem = error
            if build:
                self.build, seen = build, now
                if build.status != self.shown or now - spoken >= SIGN_OF_LIFE:
                    self.log(build.status)
                    self.shown, spoken = build.status, now
                if build.status != "undeploying":
                    yield build
            elif now - seen >= GONE:
                self.build = None
                raise problem or Crowded(
                    "Runboat has undeployed the build: its RUNBOAT_MAX_DEPLOYED is too "
                    "small for the merge requests that are open."
                )
            self.clock.sleep(INTERVAL)
        silent = ", but its Odoo does not answer" * (self.shown == "started")
        raise TooLate(
            f"The build is still {self.shown}{silent} after {self.settings[limit]} s"
            f"{self.load()}: raise {limit} here or Runboat's limits, or run the job "
            "again later."
        )

    def load(self) -> str:
        with suppress(Problem, KeyError, TypeError):
            busy = ", and Runboat has {to_initialize} builds waiting, {started} running"
            return busy.format_map(self.runboat.counts())
        return ""

    def init_log(self) -> str:
        with suppress(Unreachable):
            if self.build:
                return logs.text_of(self.runboat.init_log(self.build.name))
        return ""

    def log(self, what: str) -> None:
        self.say(f"{self.now() - self.begun:6.0f} s  {what}")


def undeploy(settings: Settings, clock) -> str:
    """Undeploy all builds of the merge request; return a sentence with the result.

    :raise Refused: Runboat keeps some
    """
    runboat, request = Runboat(settings), MergeRequest.of(settings)
    runboat.notify(request, "closed")
    begun = seen = clock.monotonic()
    while (now := clock.monotonic()) - begun < LEAVES:
        builds = runboat.builds(request)
        if any(it.status != "undeploying" for it in builds) and now - begun >= CLOSES:
            raise Refused(
                f"Runboat keeps builds of {request}. It tells the reason only to its "
                "own log: the secret in this job differs from Runboat's, or kubectl "
                "failed there. Undeploy them on its page."
            )
        if builds:
            seen = now
        elif now - seen >= GONE:
            return f"Nothing is left of {request}."
        clock.sleep(INTERVAL)
    return f"Runboat is still undeploying {request}. It goes on without this job."
