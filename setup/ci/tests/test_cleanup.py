"""Undeploying: all of a merge request, and nothing else."""

import pytest
from conftest import COMMIT
from preview.problems import Problem
from preview.runboat import Runboat
from preview.settings import Settings

REPO = "my-group/blog-ai"


@pytest.fixture(autouse=True)
def deployed(runboat, clock):
    for number in (7, 8, None):
        for commit in (COMMIT, "f" * 40):
            runboat.order(REPO, "19.0", commit, number)
    runboat.order(REPO, "main", COMMIT)
    runboat.order("another/repo", "19.0", COMMIT, 7)
    clock.sleep(200)


def left(runboat):
    return {
        (build.repo, build.branch, build.pr)
        for build in runboat.seen()
        if build.status(runboat.clock.now()) != "undeploying"
    }


ALL = {
    (REPO, "19.0", 7),
    (REPO, "19.0", 8),
    (REPO, "19.0", None),
    (REPO, "main", None),
    ("another/repo", "19.0", 7),
}


@pytest.mark.parametrize("way", ["webhook", "pr", "mr"])
def test_every_build_of_the_merge_request_goes_and_no_other(job, runboat, way):
    job.variables["RUNBOAT_TRIGGER"] = way
    assert job.run("cleanup") == 0, job.log
    assert left(runboat) == ALL - {(REPO, "19.0", 7)}


def test_the_builds_of_a_branch_go(job, runboat):
    job.variables["RUNBOAT_TRIGGER"] = "branch"
    job.variables["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"] = "main"
    assert job.run("cleanup") == 0, job.log
    assert left(runboat) == ALL - {(REPO, "main", None)}


def test_the_preview_of_the_default_branch_stays(job, runboat):
    job.variables["RUNBOAT_TRIGGER"] = "branch"
    job.variables["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"] = "19.0"
    assert job.run("cleanup") == 2
    assert "default branch" in job.sentence
    assert left(runboat) == ALL


@pytest.mark.parametrize("way", ["webhook", "pr"])
def test_without_a_number_nothing_is_sent(job, runboat, way):
    job.variables.update(RUNBOAT_TRIGGER=way, CI_MERGE_REQUEST_IID="")
    assert job.run("cleanup") == 2
    assert "CI_MERGE_REQUEST_IID" in job.sentence
    assert left(runboat) == ALL


@pytest.mark.parametrize("which", [{}, {"pr": 0}, {"branch": ""}])
def test_no_delete_leaves_without_a_filter(job, runboat, which):
    client = Runboat(Settings(job.variables))
    for repo in (REPO, ""):
        with pytest.raises(ValueError, match="names a repository"):
            client.delete(repo, **(which if repo else {"pr": 7}))
    assert not runboat.api.requests


def test_a_wrong_secret_is_told_from_what_stays(job, runboat):
    job.variables["RUNBOAT_WEBHOOK_SECRET"] = "another-secret"
    assert job.run("cleanup") == 3
    assert "secret" in job.sentence
    assert left(runboat) == ALL


def test_a_list_that_is_empty_for_a_moment_is_not_taken_for_done(job, runboat):
    job.variables["RUNBOAT_WEBHOOK_SECRET"] = "another-secret"
    runboat.out_of_sight = [(1200, 1220)]
    assert job.run("cleanup") == 3


def test_a_wrong_password_is_refused(job, runboat):
    job.variables.update(RUNBOAT_TRIGGER="pr", RUNBOAT_API_PASSWORD="not-that-one")
    assert job.run("cleanup") == 3
    assert "RUNBOAT_API_PASSWORD" in job.sentence


def test_status_shows_the_builds_and_how_busy_runboat_is(job, clock):
    assert job.run("status") == 0
    assert "max_initializing" in job.log
    assert f"!7       {COMMIT[:12]} stopped" in job.log
    assert "branch" in job.log


def test_every_problem_has_an_exit_code_of_its_own():
    kinds = Problem.__subclasses__()
    assert sorted(kind.code for kind in kinds) == [*range(1, len(kinds) + 1)]
    assert all(kind.meaning for kind in kinds)
