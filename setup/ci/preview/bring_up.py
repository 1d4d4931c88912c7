"""From an order to a preview that answers."""

from collections.abc import Callable, Iterator

from . import logs, site
from .clock import Clock
from .problems import BuildFailed, Crowded, Problem, Refused, TooLate, Unreachable
from .revision import Revision
from .runboat import Build, Runboat
from .settings import Settings
from .trigger import trigger

INTERVAL = 5  # seconds between two looks
APPEARS = 60  # seconds for an ordered build to be listed
GONE = 30  # seconds out of sight that make it gone: Runboat forgets all for a moment
LEAVES = 300  # seconds for a build to be undeployed, its databases included
AGAIN = 15  # seconds for Runboat to take a start to heart
STARTS = 3  # each further one after its limit has stopped the build
ORDERS = 2  # the second one after its limit has undeployed the build
SIGN_OF_LIFE = 60  # seconds without news, so that the job's log moves


class BringUp:
    """
    :ivar build: as it was last seen; None before the first sight
    """

    def __init__(
        self,
        runboat: Runboat,
        settings: Settings,
        revision: Revision,
        clock: Clock,
        say: Callable[[str], None],
    ):
        self.runboat, self.settings, self.revision = runboat, settings, revision
        self.clock, self.say = clock, say
        self.build: Build | None = None
        self.stale = ""  # its status before a reset, which shows for a moment longer
        self.shown = ""  # the status that was told last
        self.begun = clock.now()

    def run(self, afresh: bool = False) -> str:
        """See the build through until a reviewer can log in.

        :param afresh: initialize it again if there is one of this commit
        :return: the preview's address
        :raise Problem: what kept it from being one
        """
        self.revision.check()
        self.say(f"Preview of {self.revision}")
        for order in range(1, ORDERS + 1):
            try:
                self.order(afresh)
                self.initialized()
                return self.opened()
            except Crowded as problem:
                if order == ORDERS or self.build:
                    raise
                self.tell(f"{problem} Asking once more.")
        raise AssertionError("The last order returns or raises.")

    def order(self, afresh: bool) -> None:
        """Have the commit built, or take up the build that is there."""
        self.build = self.when_none_is_leaving()
        if self.build and (afresh or self.build.status == "failed"):
            self.tell("there is a build of it: initializing that again")
            self.runboat.reset(self.build.name)
            self.stale = self.build.status
            return
        accepted = trigger(self.runboat, self.settings, self.revision)
        self.tell("asked for a build")
        end = self.clock.now() + APPEARS
        while not self.look_up() and self.clock.now() < end:
            self.clock.sleep(1)
        if not self.build:
            raise Refused(self.why_absent(accepted))
        if not accepted:
            self.tell(
                "Runboat answered with an error and built it all the same: it could "
                "not tell GitHub. Set RUNBOAT_DISABLE_COMMIT_STATUSES=true there."
            )
        self.tell(f"build {self.build.name} {self.build.page}")

    def when_none_is_leaving(self) -> Build | None:
        """The build that is there; an order while it is being undeployed is lost.

        :raise Crowded: it does not come to an end
        """
        end = self.clock.now() + LEAVES
        while self.clock.now() < end:
            build = self.runboat.find(self.revision)
            if not build or build.status != "undeploying":
                return build
            self.clock.sleep(INTERVAL)
        raise Crowded(
            f"Runboat is still undeploying an earlier build of this commit after "
            f"{LEAVES} s: see why on {build.page}, then run the job again."
        )

    def look_up(self) -> Build | None:
        try:
            self.build = self.runboat.find(self.revision) or self.build
        except Unreachable as problem:
            self.tell(str(problem))
        return self.build

    def why_absent(self, accepted: bool) -> str:
        where = f"“{self.revision.repo}” with the branch “{self.revision.branch}”"
        if not accepted:
            return (
                "Runboat failed over the order: check that its RUNBOAT_REPOS admits "
                f"{where}, and that its git host has that branch or pull request."
            )
        if self.settings["RUNBOAT_TRIGGER"] != "webhook":
            return (
                f"Runboat has no build of {self.revision} after {APPEARS} s: its git "
                "host seems to be at another commit. Run the job again once that has "
                "this one, or for the newest commit."
            )
        return (
            f"Runboat has no build of {self.revision} after {APPEARS} s, and does not "
            "say why: check that RUNBOAT_WEBHOOK_SECRET is its "
            f"RUNBOAT_GITHUB_WEBHOOK_SECRET and that its RUNBOAT_REPOS admits {where}."
        )

    def initialized(self) -> None:
        """Wait through queue and installation.

        :raise BuildFailed: the installation failed
        """
        asked = self.clock.now()
        for build in self.watch("RUNBOAT_INIT_SECONDS"):
            if build.status == self.stale and self.clock.now() - asked < AGAIN:
                continue
            if build.status == "failed":
                raise BuildFailed(
                    "The build failed before the addons were installed: its log says "
                    "why. Mend that, or run the job again."
                )
            if build.status in ("stopped", "starting", "started"):
                return

    def opened(self) -> str:
        """Start it, as often as Runboat's limit stops it, until Odoo answers."""
        starts, asked = 0, float("-inf")
        for build in self.watch("RUNBOAT_START_SECONDS"):
            if build.status == "stopped" and self.clock.now() - asked >= AGAIN:
                if starts == STARTS:
                    raise Crowded(
                        f"Runboat stopped the build again after each of {STARTS} "
                        "starts: raise its RUNBOAT_MAX_STARTED, or run the job again "
                        "when fewer previews are looked at."
                    )
                starts, asked = starts + 1, self.clock.now()
                self.tell("starting it" + " again: it was stopped" * (starts > 1))
                self.runboat.start(build.name)
            elif build.status == "started" and (base := site.healthy(build.link)):
                self.check_database(build, base)
                return site.preview_url(base, build.name)
        raise AssertionError("A watch ends with a problem.")

    def check_database(self, build: Build, base: str) -> None:
        """Runboat calls a build good whose addons did not install.

        :raise BuildFailed: only the database with `base` is there
        """
        names = site.databases(base)
        if names is None:
            failed = logs.addons_failed(self.init_log(), build.name)
        else:
            failed = build.name not in names
        if failed:
            raise BuildFailed(
                "The addons do not install: Runboat kept only a database without "
                "them. The end of the build's log says why."
            )

    def watch(self, limit: str) -> Iterator[Build]:
        """The build, every `INTERVAL`, for as long as the variable `limit` says.

        :raise Crowded: it has been undeployed
        :raise TooLate: the time is over
        """
        begun = seen = spoken = self.clock.now()
        while (now := self.clock.now()) - begun < self.settings.number(limit):
            build, problem = self.look()
            if build:
                self.build, seen = build, now
                if build.status != self.shown or now - spoken >= SIGN_OF_LIFE:
                    self.tell(build.status)
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
            f"The build is still {self.shown}{silent} after {self.settings[limit]} s, "
            f"and Runboat {self.load()}: raise {limit} here or the limits there, or "
            "run the job again later."
        )

    def look(self) -> tuple[Build | None, Problem | None]:
        try:
            return self.runboat.build(self.build.name), None
        except Unreachable as problem:
            return None, problem

    def load(self) -> str:
        try:
            counts = self.runboat.counts()
            return (
                f"has {counts['to_initialize']} builds waiting, initializes "
                f"{counts['initializing']} of at most {counts['max_initializing']} and "
                f"runs {counts['started']} of at most {counts['max_started']}"
            )
        except (Problem, KeyError, TypeError):
            return "does not say how busy it is"

    def init_log(self) -> str:
        """The log of the installation; empty if there is none to be had."""
        if not self.build:
            return ""
        try:
            return logs.text_of(self.runboat.init_log(self.build.name))
        except Unreachable:
            return ""

    def tell(self, what: str) -> None:
        self.say(f"{self.clock.now() - self.begun:6.0f} s  {what}")
