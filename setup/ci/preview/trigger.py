"""The ways to have a commit built, and to have its builds undeployed."""

import hashlib
import hmac
import json

from .problems import Misconfigured
from .revision import Revision
from .runboat import Runboat
from .settings import Settings

WAYS = ("webhook", "branch", "pr", "mr")


def trigger(runboat: Runboat, settings: Settings, revision: Revision) -> bool:
    """Ask for a build of `revision`.

    :return: False if Runboat reported a failure; True says little about success
    """
    way = _way(settings)
    if way == "webhook":
        _send(runboat, settings, revision, "synchronize")
        return True
    query = {"repo": revision.repo}
    if way == "branch":
        query["branch"] = revision.branch
    else:
        query[way] = revision.number
    if way == "mr":
        query["project_id"] = settings.number("CI_MERGE_REQUEST_PROJECT_ID")
    return runboat.order(way, **query)


def close(runboat: Runboat, settings: Settings, revision: Revision) -> None:
    """Have all builds of the merge request, or of the branch, undeployed."""
    if revision.number is None and revision.branch == settings["CI_DEFAULT_BRANCH"]:
        raise Misconfigured(
            f"{revision.branch} is the default branch, whose preview stays: run "
            "cleanup only for merge requests and other branches."
        )
    if _way(settings) == "webhook" and revision.number:
        _send(runboat, settings, revision, "closed")
    elif revision.number:
        runboat.delete(revision.repo, pr=revision.number)
    else:
        runboat.delete(revision.repo, branch=revision.branch)


def _way(settings: Settings) -> str:
    way = settings["RUNBOAT_TRIGGER"]
    if way not in WAYS:
        raise Misconfigured(
            f"RUNBOAT_TRIGGER is {way!r}: set it to one of {', '.join(WAYS)}."
        )
    return way


def _send(
    runboat: Runboat, settings: Settings, revision: Revision, action: str
) -> None:
    """Speak as GitHub does; Runboat reads no more of it than this."""
    event, payload = _event(revision, action)
    body = json.dumps(payload).encode()
    secret = settings.required("RUNBOAT_WEBHOOK_SECRET").encode()
    signature = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
    runboat.webhook(event, body, signature)


def _event(revision: Revision, action: str) -> tuple[str, dict]:
    repository = {"full_name": revision.repo}
    if revision.number:
        pull = {
            "number": revision.number,
            "base": {"ref": revision.branch},
            "head": {"sha": revision.commit},
        }
        payload = {"action": action, "repository": repository, "pull_request": pull}
        return "pull_request", payload
    if "/" in revision.branch:
        raise Misconfigured(
            f"Runboat would take the branch {revision.branch} for one called "
            f"{revision.branch.rpartition('/')[2]}: open a merge request, or name the "
            "branch without a slash."
        )
    ref = f"refs/heads/{revision.branch}"
    return "push", {"ref": ref, "after": revision.commit, "repository": repository}
