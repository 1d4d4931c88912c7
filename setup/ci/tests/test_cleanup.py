"""Undeploying all builds of a merge request, and no others."""

import pytest
from conftest import COMMIT
from preview.problems import Problem

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
        if build.status(runboat.clock.monotonic()) != "undeploying"
    }


ALL = {
    (REPO, "19.0", 7),
    (REPO, "19.0", 8),
    (REPO, "19.0", None),
    (REPO, "main", None),
    ("another/repo", "19.0", 7),
}


def test_every_build_of_the_merge_request_goes_and_no_other(job, runboat):
    assert job.run("cleanup") == 0, job.log
    assert left(runboat) == ALL - {(REPO, "19.0", 7)}


def test_it_says_that_nothing_is_left_once_that_is_so(job, runboat):
    assert job.run("cleanup") == 0
    assert job.sentence.startswith("Nothing is left of")
    assert not [
        build for build in runboat.seen() if build.pr == 7 and build.repo == REPO
    ]


def test_a_build_that_is_slow_to_leave_is_not_said_to_be_gone(job, monkeypatch):
    monkeypatch.setattr("fake_runboat.UNDEPLOYS", 1000.0)
    assert job.run("cleanup") == 0
    assert "still undeploying" in job.sentence


def test_nothing_is_sent_without_a_number(job, runboat):
    job.variables["CI_MERGE_REQUEST_IID"] = ""
    assert job.run("cleanup") == 2
    assert "CI_MERGE_REQUEST_IID" in job.sentence
    assert left(runboat) == ALL


def test_a_wrong_secret_is_told_from_what_stays(job, runboat):
    job.variables["RUNBOAT_WEBHOOK_SECRET"] = "another-secret"
    assert job.run("cleanup") == 3
    assert "secret" in job.sentence
    assert left(runboat) == ALL


def test_a_list_that_is_empty_for_a_moment_is_not_taken_for_done(job, runboat):
    job.variables["RUNBOAT_WEBHOOK_SECRET"] = "another-secret"
    runboat.out_of_sight = [(1200, 1220)]
    assert job.run("cleanup") == 3


def test_every_problem_has_an_exit_code_of_its_own():
    kinds = Problem.__subclasses__()
    assert sorted(kind.code for kind in kinds) == [*range(1, len(kinds) + 1)]
