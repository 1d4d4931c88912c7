"""`make ci`: `.gitlab-ci.yml` checked, its jobs listed, and run on this machine."""

import subprocess

from . import apt
from .paths import BIN, DEV, ROOT
from .steps import captured, say, step
from .tools import npm_tool, tool

FILE = ".gitlab-ci.yml"
SCHEMA = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
# Jobs run in this checkout's own shell, as no container engine need be here.
LOCAL = [
    "--force-shell-executor",
    "--state-dir",
    str((DEV / "gitlab-ci-local").relative_to(ROOT)),
]


def command() -> list[str]:
    """Return the command that checks the file against GitLab's schema."""
    return [tool("check-jsonschema"), *SCHEMA, FILE]


def validate() -> int:
    with step(FILE):
        done = captured(command(), cwd=ROOT)
    if done.returncode:
        say(done.stdout + done.stderr)
    return done.returncode


def run(*jobs: str) -> int:
    """List the jobs, or run those that are named.

    :raise Missing: git or rsync is not there and cannot be installed
    """
    # gitlab-ci-local asks the one what is in the project, and copies it by the other.
    apt.provide("git", "rsync")
    if code := validate():
        return code
    command = [str(BIN / "node"), npm_tool("gitlab-ci-local"), *LOCAL]
    # A job finds its own Python: with ours first it would make .dev/venv anew from it.
    return subprocess.call([*command, *(jobs or ["--list"])], cwd=ROOT)
