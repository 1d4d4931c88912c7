"""The command line: what to do by a word, all else by environment variables."""

import argparse
import glob
import inspect
import os
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import comment, logs
from .bring_up import GONE, BringUp
from .clock import Clock
from .gitlab import GitLab
from .problems import KINDS, BuildFailed, Misconfigured, Problem, Refused, TooLate
from .revision import revision_of
from .runboat import Runboat
from .settings import GITLABS, HANDED_OVER, OURS, Settings, Variable
from .site import Reviewer
from .trigger import close

SHOWN = 40  # lines of a failed build's log in the job's own
CLOSES = 90  # seconds for builds to be on their way out, and stay out of sight
TOPIC = "What a reviewer sees first"
EXAMPLES = """\
examples:
  in a job of a merge request's pipeline, all else being set there:
    python setup/ci/runboat.py preview
  on one's own machine, for a branch that has been pushed:
    export RUNBOAT_URL=https://runboat.example.com
    export CI_PROJECT_PATH=my-group/blog-ai CI_COMMIT_BRANCH=19.0
    export CI_COMMIT_SHA=$(git rev-parse HEAD)
    read -rs RUNBOAT_WEBHOOK_SECRET && export RUNBOAT_WEBHOOK_SECRET
    python setup/ci/runboat.py preview && . ./preview.env
    PREVIEW_URL=$PREVIEW_URL python setup/ci/runboat.py write
"""


@dataclass
class Job:
    """What a command works with."""

    arguments: argparse.Namespace
    settings: Settings
    clock: Clock
    say: Callable[[str], None]


def preview(job: Job) -> None:
    """bring up the preview of this commit, and hand over its address

    Asks for a build, waits through queue, installation and start, sees that the addons
    are installed and Odoo answers, and writes PREVIEW_URL. Run again, it takes up the
    build that is there: it starts one that was stopped and initializes a failed one.

    Needs RUNBOAT_URL and what RUNBOAT_TRIGGER asks for.
    """
    revision = revision_of(job.settings)
    bringing = BringUp(
        Runboat(job.settings), job.settings, revision, job.clock, job.say
    )
    try:
        url = bringing.run(afresh=job.arguments.reset)
    except (BuildFailed, TooLate):
        _keep_log(job, bringing)
        raise
    Path(job.arguments.dotenv).write_text(f"PREVIEW_URL={_one_line(url)}\n")
    job.say(f"\n{url}  (login admin, password admin)")


def _keep_log(job: Job, bringing: BringUp) -> None:
    """The log of the installation as an artifact, and its end for all to see."""
    text = logs.masked(bringing.init_log(), job.settings.secrets())
    if not text.strip():
        return
    path = Path(job.arguments.log)
    path.write_text(text, "utf-8")
    lines = text.rstrip().splitlines()[-SHOWN:]
    job.say("\n".join([*lines, "", f"The whole log of the build is in {path}."]))


def _one_line(url: str) -> str:
    """A dotenv file has a variable a line; the address came from outside."""
    if any(not character.isprintable() or character.isspace() for character in url):
        raise Refused("Runboat gave an address that is none: look at the build's page.")
    return url


def cleanup(job: Job) -> None:
    """have all builds of the merge request, or of the branch, undeployed

    Needs what `preview` needs. Nothing is ever deleted without naming the merge
    request or the branch.
    """
    runboat, revision = Runboat(job.settings), revision_of(job.settings)
    close(runboat, job.settings, revision)
    begun = absent_since = job.clock.now()
    while (now := job.clock.now()) - begun < CLOSES:
        left = [
            build
            for build in runboat.builds(revision.repo, revision.branch)
            if build.number == revision.number and build.status != "undeploying"
        ]
        if left:
            absent_since = now
        elif now - absent_since >= GONE:
            job.say(f"Nothing is left of {revision}.")
            return
        job.clock.sleep(5)
    raise Refused(
        f"Runboat keeps builds of {revision}: check that the secret in this job is "
        "Runboat's, or undeploy them on its page."
    )


def status(job: Job) -> None:
    """show how busy Runboat is and what it has of this branch

    Needs RUNBOAT_URL, no secret, and changes nothing.
    """
    runboat, revision = Runboat(job.settings), revision_of(job.settings)
    for name, count in runboat.counts().items():
        job.say(f"{name:<17} {count:>4}")
    job.say("")
    for build in runboat.builds(revision.repo, revision.branch):
        number = f"!{build.number}" if build.number else "branch"
        job.say(f"{number:<8} {build.commit[:12]} {build.status:<12} {build.link}")


def write(job: Job) -> None:
    """write a post in the preview as a reviewer would, with no key

    Proves that the preview's scheduled actions run. Needs PREVIEW_URL, and that admin's
    password is still admin.
    """
    reviewer = Reviewer(job.settings.required("PREVIEW_URL"), job.clock)
    reviewer.log_in()
    title, seconds = reviewer.write_post(job.arguments.topic)
    job.say(f"“{title}” was written after {seconds:.1f} s.")


def report(job: Job) -> None:
    """comment on the merge request, or bring that comment up to date

    There is one comment: the preview's address, the tests' result, and the figures set
    against those of the target branch. What is missing is said to be. Needs
    GITLAB_API_TOKEN; PREVIEW_URL if there is a preview.

    example:
      python setup/ci/runboat.py comment --junit "reports/*/junit*.xml" \\
        --results .dev/bench/full.json \\
        --committed blog_ai_generator_tests/benchmark/results.json
    """
    settings, arguments = job.settings, job.arguments
    gitlab = GitLab(settings)
    target = settings["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]
    here = there = None
    if arguments.results:
        path = Path(arguments.results)
        content = path.read_bytes() if path.is_file() else None
        here = comment.targets(content, arguments.results)
        then = gitlab.file(arguments.committed or arguments.results, target)
        there = comment.targets(then, f"{arguments.results} of {target}")
    text = comment.body(
        commit=settings.required("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA"),
        preview=settings["PREVIEW_URL"],
        tests=comment.junit(_files(arguments.junit)),
        here=here,
        there=there,
        pipeline=settings["CI_PIPELINE_URL"],
        target=target,
    )
    created = gitlab.comment(comment.MARKER, logs.masked(text, settings.secrets()))
    job.say("Commented." if created else "Brought the comment up to date.")


def _files(patterns: Sequence[str]) -> list[Path]:
    return [Path(name) for p in patterns for name in glob.glob(p, recursive=True)]


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(
        prog="runboat.py",
        description="The preview of a merge request on a Runboat.",
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = main.add_subparsers(required=True, metavar="COMMAND")
    add = _adder(commands)

    up = add("preview", preview)
    up.add_argument(
        "--reset", action="store_true", help="initialize again a build that is there"
    )
    up.add_argument(
        "--dotenv", default="preview.env", help="gets PREVIEW_URL (%(default)s)"
    )
    up.add_argument(
        "--log",
        default="preview-init.log",
        help="gets a failed build's log (%(default)s)",
    )
    add("cleanup", cleanup)
    about = add("comment", report)
    about.add_argument(
        "--junit",
        nargs="*",
        default=[],
        help="the tests' reports; patterns with * and ** too",
    )
    about.add_argument(
        "--results",
        help="what the benchmark measured in this pipeline: JSON; if there is no such "
        "file, the comment says that nothing was measured",
    )
    about.add_argument(
        "--committed",
        help="where the target branch has figures to compare with (as --results)",
    )
    add("status", status)
    add("write", write).add_argument(
        "--topic", default=TOPIC, help="what about (“%(default)s”)"
    )
    return main


def _adder(commands) -> Callable:
    def add(name: str, function: Callable[[Job], None]) -> argparse.ArgumentParser:
        description = inspect.cleandoc(function.__doc__)
        command = commands.add_parser(
            name,
            help=description.partition("\n")[0],
            description=description,
            epilog="Variables, exit codes, examples: runboat.py --help",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(function=function)
        return command

    return add


def _epilog() -> str:
    """All that is not an argument: no secret is one, since others see those."""
    lines = [
        "environment variables:",
        *_explained(OURS),
        *_explained(HANDED_OVER),
        "",
        "set by GitLab, by hand elsewhere:",
        *_explained(GITLABS),
        "",
        "exit codes:",
        "  0  done",
        *(f"  {kind.code}  {kind.meaning}" for kind in KINDS),
        "",
        EXAMPLES,
        "What Runboat's operator sets is in setup/ci/README.md.",
    ]
    return "\n".join(lines)


def _explained(variables: Sequence[Variable]) -> Iterator[str]:
    for variable in variables:
        default = f" ({variable.default})" if variable.default else ""
        yield f"  {variable.name}"
        indent = " " * 6
        yield from textwrap.wrap(
            variable.help + default, initial_indent=indent, subsequent_indent=indent
        )


def main(
    words: Sequence[str] | None = None,
    environ: Mapping[str, str] = os.environ,
    clock: Clock | None = None,
    say: Callable[[str], None] | None = None,
) -> int:
    """Run a command; whatever goes wrong is a sentence and an exit code."""
    arguments = parser().parse_args(words)
    settings = Settings(environ)

    def masked(text: str) -> None:
        (say or _print)(logs.masked(text, settings.secrets()))

    try:
        arguments.function(Job(arguments, settings, clock or Clock(), masked))
    except Problem as problem:
        masked(f"\n{problem}")
        return problem.code
    except OSError as error:
        masked(f"\n{Misconfigured(f'{error}: choose another file.')}")
        return Misconfigured.code
    return 0


def _print(text: str) -> None:
    print(text, flush=True)
