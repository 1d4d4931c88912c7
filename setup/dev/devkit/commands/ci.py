"""Check .gitlab-ci.yml and list its jobs, or run some: setup/dev/dev ci lint."""

import subprocess

from .. import apt, checks
from ..paths import BIN, DEV, ROOT
from ..tools import npm_tool
from ..workspace import prepare_tools

# Jobs run in this checkout's own shell: a container engine may not be here.
LOCAL = [
    "--force-shell-executor",
    "--state-dir",
    str((DEV / "gitlab-ci-local").relative_to(ROOT)),
]


def run(*jobs: str) -> int:
    """List the jobs, or run those that are named.

    :raise Missing: git or rsync is not there and cannot be installed
    """
    prepare_tools()
    # gitlab-ci-local finds the project's files with git and copies them with rsync.
    apt.provide("git", "rsync")
    if code := checks.run("check-gitlab-ci", checks.gitlab_ci()):
        return code
    command = [str(BIN / "node"), npm_tool("gitlab-ci-local"), *LOCAL]
    # Leave out our PATH: a job finds its own Python, and with ours first it would make
    # .dev/venv again from it.
    return subprocess.call([*command, *(jobs or ["--list"])], cwd=ROOT)
