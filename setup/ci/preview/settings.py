"""All that is set by environment variables, and how they are explained in --help."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .problems import Misconfigured

SECRET = re.compile(r"TOKEN|SECRET|PASSW|_KEY|JWT", re.IGNORECASE)
SHORTEST_SECRET = 6  # characters; to mask less would blacken ordinary words


@dataclass(frozen=True)
class Variable:
    name: str
    help: str
    default: str = ""


OURS = (
    Variable("RUNBOAT_URL", "where Runboat is, such as https://runboat.example.com"),
    Variable(
        "RUNBOAT_TRIGGER",
        "how a build is asked for: 'webhook' (as GitHub would, signed), 'branch' or "
        "'pr' (Runboat's own triggers, for a mirror on GitHub), 'mr' (a fork of "
        "Runboat that knows GitLab)",
        "webhook",
    ),
    Variable(
        "RUNBOAT_WEBHOOK_SECRET",
        "secret, for 'webhook': Runboat's RUNBOAT_GITHUB_WEBHOOK_SECRET",
    ),
    Variable("RUNBOAT_API_USER", "for the other triggers: its RUNBOAT_API_ADMIN_USER"),
    Variable(
        "RUNBOAT_API_PASSWORD",
        "secret, for the other triggers: its RUNBOAT_API_ADMIN_PASSWD",
    ),
    Variable("RUNBOAT_REPO", "the repository's path there, if not as in GitLab"),
    Variable("RUNBOAT_PR", "for 'pr': the pull request's number on the mirror"),
    Variable("RUNBOAT_INIT_SECONDS", "how long to wait for the installation", "1500"),
    Variable("RUNBOAT_START_SECONDS", "how long to wait for the start", "300"),
    Variable(
        "GITLAB_API_TOKEN",
        "secret, for 'comment': a project access token, role Reporter, scope api",
    ),
)
GITLABS = (
    Variable(
        "CI_MERGE_REQUEST_PROJECT_PATH",
        "the repository's path, such as my-group/blog-ai",
    ),
    Variable("CI_MERGE_REQUEST_IID", "the merge request's number"),
    Variable("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "the branch that is merged into"),
    Variable(
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "for 'branch': the branch that is merged"
    ),
    Variable(
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
        "in pipelines of merged results: the commit that can be fetched",
    ),
    Variable("CI_PROJECT_PATH", "the repository's path, outside of merge requests"),
    Variable(
        "CI_MERGE_REQUEST_PROJECT_ID", "for 'comment' and 'mr': the project's number"
    ),
    Variable("CI_DEFAULT_BRANCH", "for 'cleanup': the branch that is never cleaned up"),
    Variable("CI_COMMIT_BRANCH", "the branch, outside of merge requests"),
    Variable("CI_COMMIT_SHA", "the commit, of 40 characters"),
    Variable("CI_API_V4_URL", "for 'comment': GitLab's API"),
    Variable("CI_PIPELINE_URL", "for 'comment': what it links to"),
)
HANDED_OVER = (Variable("PREVIEW_URL", "written by 'preview', read by the others"),)
DEFAULTS = {v.name: v.default for v in (*OURS, *GITLABS, *HANDED_OVER)}


class Settings:
    def __init__(self, environ: Mapping[str, str]):
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        """Its value; empty if neither it nor a default is set."""
        return self._environ.get(name, "").strip() or DEFAULTS[name]

    def required(self, *names: str) -> str:
        """The first of `names` that is set.

        :raise Misconfigured: none is
        """
        if value := next(filter(None, (self[name] for name in names)), ""):
            return value
        where = (
            "GitLab sets it in the pipelines of merge requests"
            if names[0].startswith("CI_")
            else "set it among the project's CI/CD variables, masked if it is secret"
        )
        raise Misconfigured(f"{' or '.join(names)} is not set: {where}.")

    def number(self, name: str) -> int:
        """:raise Misconfigured: it is no positive whole number"""
        value = self.required(name)
        if not re.fullmatch(r"[1-9][0-9]{0,8}", value):
            raise Misconfigured(f"{name} is {value!r}: set it to a positive number.")
        return int(value)

    def secrets(self) -> list[str]:
        """Every value of the environment that must not be shown, longest first."""
        found = {
            value
            for name, value in self._environ.items()
            if SECRET.search(name) and len(value) >= SHORTEST_SECRET
        }
        return sorted(found, key=len, reverse=True)
