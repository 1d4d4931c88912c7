"""The command line; everything but files is set by environment variables."""

import argparse
import glob
import inspect
import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from . import comment, logs
from .bring_up import BringUp, undeploy
from .gitlab import GitLab
from .problems import BuildFailed, Misconfigured, Problem, Refused, TooLate
from .settings import Settings

COMMANDS = ("preview", "cleanup", "comment")
SAY = partial(print, flush=True)
SHOWN = 40  # lines of a failed build's log in the job's own
LOG, DOTENV = Path("preview-init.log"), Path("preview.env")
README = Path(__file__).resolve().parents[1] / "README.md"


class Job:
    """The commands, each a method whose docstring is its help."""

    def __init__(self, arguments: argparse.Namespace, settings: Settings, clock, say):
        self.arguments, self.settings, self.clock = arguments, settings, clock
        self.say = lambda text: say(self.masked(text))

    def masked(self, text: str) -> str:
        return logs.masked(text, self.settings.secrets())

    def preview(self) -> None:
        """Bring up the preview of this commit, and write PREVIEW_URL to preview.env.

        PREVIEW_TESTS is there, too, if the build ran the tests. Run again, it continues
        with the build that is there: it starts a stopped one and initializes a failed
        one. The log of a build that fails is kept in preview-init.log.

        Needs RUNBOAT_URL and RUNBOAT_WEBHOOK_SECRET.
        """
        bringing = BringUp(self.settings, self.clock, self.say)
        try:
            url = bringing.run()
        except (BuildFailed, TooLate):
            self._keep_log(bringing.init_log())
            raise
        # A dotenv file has a variable a line, and this address came from outside.
        if not url.isprintable() or " " in url:
            raise Refused("Runboat gave no usable address: look at the build's page.")
        variables = f"PREVIEW_URL={url}\n"
        if tests := logs.tests_in(bringing.init_log()):
            variables += f"PREVIEW_TESTS={tests}\n"
            self.say(f"tests in the preview: {tests}")
        DOTENV.write_text(variables)
        self.say(f"\n{url}  (login admin, password admin)")

    def _keep_log(self, text: str) -> None:
        if text.strip():
            LOG.write_text(self.masked(text), "utf-8")
            end = text.rstrip().splitlines()[-SHOWN:]
            self.say("\n".join([*end, "", f"The whole log of the build is in {LOG}."]))

    def cleanup(self) -> None:
        """Have all builds of the merge request undeployed. Needs what preview needs."""
        self.say(undeploy(self.settings, self.clock))

    def comment(self) -> None:
        """Comment on the merge request, or update that comment.

        It has the preview's address, the tests' result, and the figures compared with
        those of the target branch. Needs GITLAB_API_TOKEN, and PREVIEW_URL if any.
        """
        gitlab, patterns = GitLab(self.settings), self.arguments.junit
        reports = [Path(it) for p in patterns for it in glob.glob(p, recursive=True)]
        text = comment.body(
            preview=self.settings["PREVIEW_URL"],
            there=self.settings["PREVIEW_TESTS"],
            tests=comment.junit(reports),
            figures=self._figures(gitlab),
            commit=self.settings.commit,
            pipeline=self.settings["CI_PIPELINE_URL"],
        )
        created = gitlab.comment(comment.MARKER, self.masked(text))
        self.say("Commented." if created else "Updated the comment.")

    def _figures(self, gitlab: GitLab) -> str:
        branch = self.settings["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]
        results, committed = self.arguments.results, self.arguments.committed
        here = Path(results).read_bytes() if Path(results).is_file() else None
        there = gitlab.file(committed or results, branch) if here else None
        return comment.figures(here, there, branch, results)


def parser() -> argparse.ArgumentParser:
    """Return the parser; --help shows the part of README.md that is about GitLab.

    No secret is an argument, since other users of a machine see those.
    """
    raw = {"formatter_class": argparse.RawDescriptionHelpFormatter}
    page = README.read_text("utf-8").partition("## In GitLab\n")[2]
    main = argparse.ArgumentParser(
        "runboat.py", epilog=page.partition("\n## ")[0], **raw
    )
    commands = main.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name in COMMANDS:
        text = inspect.getdoc(getattr(Job, name))
        commands.add_parser(name, help=text.splitlines()[0], description=text, **raw)
    add = commands.choices["comment"].add_argument
    add("--junit", nargs="*", default=[], help="the tests' reports, as patterns")
    add("--results", default="", help="JSON that the benchmark wrote here, if it ran")
    add("--committed", help="where the target branch has figures (as --results)")
    return main


def main(
    words: Sequence[str] | None = None,
    environ: Mapping[str, str] = os.environ,
    clock=time,
    say: Callable[[str], None] = SAY,
) -> int:
    """Run a command; whatever goes wrong is one sentence and an exit code."""
    arguments = parser().parse_args(words)
    job = Job(arguments, Settings(environ), clock, say)
    try:
        getattr(job, arguments.command)()
    except Problem as problem:
        job.say(f"\n{problem}")
        return problem.code
    except OSError as error:
        job.say(f"\n{error}: check this job's folder.")
        return Misconfigured.code
    return 0
