"""What is previewed: a commit, in the words that Runboat has for it."""

import re
from dataclasses import dataclass

from .problems import Misconfigured
from .settings import Settings

LABEL = 63  # characters of a host name's label, RFC 1035


@dataclass(frozen=True)
class Revision:
    """
    :param branch: for a merge request, the one it is to be merged into
    :param number: of the merge or pull request; None for a branch
    """

    repo: str
    branch: str
    commit: str
    number: int | None = None

    @property
    def slug(self) -> str:
        """The first label of the preview's host name."""
        pull = f"-pr{self.number}" if self.number else ""
        return f"{_slug(self.repo)}-{_slug(self.branch)}{pull}-{self.commit[:12]}"

    def check(self) -> None:
        """:raise Misconfigured: no host name can be made of it"""
        if (excess := len(self.slug) - LABEL) > 0:
            raise Misconfigured(
                f"The preview's host name would begin with {self.slug}, {excess} "
                f"characters longer than the {LABEL} that DNS allows: move the "
                "repository to a shorter path, or give the branch a shorter name."
            )

    def __str__(self) -> str:
        pull = f" !{self.number}" if self.number else ""
        return f"{self.repo}{pull} for {self.branch} at {self.commit[:12]}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "-", text.lower())


def revision_of(settings: Settings) -> Revision:
    """The commit of this pipeline.

    In a pipeline of merged results, `CI_COMMIT_SHA` is a commit that no one can fetch
    later; GitLab then names the real one in `CI_MERGE_REQUEST_SOURCE_BRANCH_SHA`.
    """
    repo = settings.required(
        "RUNBOAT_REPO", "CI_MERGE_REQUEST_PROJECT_PATH", "CI_PROJECT_PATH"
    )
    commit = settings.required("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA")
    way = settings["RUNBOAT_TRIGGER"]
    if way == "branch":
        branch = settings.required(
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH"
        )
        return Revision(repo, branch, commit)
    if way == "webhook" and settings["CI_COMMIT_BRANCH"]:  # none in merge requests
        return Revision(repo, settings["CI_COMMIT_BRANCH"], commit)
    branch = settings.required("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
    mirrored = way == "pr" and settings["RUNBOAT_PR"]
    number = settings.number("RUNBOAT_PR" if mirrored else "CI_MERGE_REQUEST_IID")
    return Revision(repo, branch, commit, number)
