"""A merge request gets its preview, whatever Runboat does on the way."""

from pathlib import Path

import pytest
from conftest import COMMIT
from fake_runboat import Plan

REPO = "my-group/blog-ai"
LONG_REPO = "my-company/odoo/addons/blog-ai-generato"


@pytest.fixture(autouse=True)
def no_secret_is_ever_shown(job, runboat, gitlab):
    yield
    kept = Path("preview-init.log")
    shown = job.log + (kept.read_text() if kept.exists() else "")
    for secret in (runboat.secret, gitlab.token):
        assert secret not in shown


def posts(runboat, ending):
    return [
        request
        for request in runboat.api.requests
        if request.method == "POST" and request.path.endswith(ending)
    ]


def handed_over():
    return Path("preview.env").read_text()


def fails(job, code, *words):
    """Run a preview that must fail, and return the sentence that it ends with."""
    assert job.run("preview", *words) == code, job.log
    assert not Path("preview.env").exists()
    return job.sentence


# The way of a good build


def test_a_preview_is_brought_up_by_a_signed_webhook(job, runboat):
    assert job.run("preview") == 0, job.log
    (build,) = runboat.builds
    assert (build.repo, build.branch, build.pr, build.commit) == (
        REPO, "19.0", 7, COMMIT,
    )  # fmt: skip
    url = f"{runboat.site.url}/my-group-blog-ai-19-0-pr7-{COMMIT[:12]}"
    assert handed_over() == f"PREVIEW_URL={url}/web?db={build.name}\n"


def test_the_tests_of_the_build_are_handed_over(job, runboat):
    line = "Tests of the addons: 1 failed, 2 error(s) of 345 tests"
    runboat.plans = [Plan(log=f"Tests of the addons: a lie\n{line}\n")]
    assert job.run("preview") == 0, job.log
    assert handed_over().splitlines()[1:] == ["PREVIEW_TESTS=345 run, 3 failed"]
    assert "345 run, 3 failed" in job.log


def test_nothing_else_of_a_log_is_handed_over(job, runboat):
    line = "Tests of the addons: @all failed, [x](http://y) error(s) of 1 tests"
    runboat.plans = [Plan(log=line)]
    assert job.run("preview") == 0, job.log
    assert "PREVIEW_TESTS" not in handed_over()


def test_its_progress_is_told(job):
    job.run("preview")
    states = ["initializing", "stopped", "starting it", "starting", "started"]
    places = [
        next(n for n, line in enumerate(job.lines) if line.endswith(f"s  {state}"))
        for state in states
    ]
    assert places == sorted(places)
    assert job.log.count("initializing") > 1  # a sign of life each minute
    assert job.log.count("stopped") == 1


def test_a_build_is_started_once_and_only_after_its_installation(job, runboat):
    job.run("preview")
    assert len(posts(runboat, "/start")) == 1


def test_a_preview_that_is_up_is_handed_over_at_once(job, runboat, clock):
    job.run("preview")
    begun = clock.monotonic()
    assert job.run("preview") == 0
    assert clock.monotonic() - begun < 5
    assert len(runboat.builds) == 1


def test_the_build_of_another_commit_is_not_ours(job, runboat, clock):
    runboat.order(REPO, "19.0", "f" * 40, pr=7)
    runboat.order(REPO, "19.0", COMMIT)
    runboat.order(REPO, "main", COMMIT, pr=7)
    assert job.run("preview") == 0
    ours = runboat.builds[-1]
    assert (ours.commit, ours.pr, ours.branch) == (COMMIT, 7, "19.0")
    assert ours.name in handed_over()


def test_a_pipeline_of_merged_results_previews_the_commit_that_was_pushed(job, runboat):
    job.variables["CI_COMMIT_SHA"] = "e" * 40
    job.variables["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = COMMIT
    job.run("preview")
    assert runboat.builds[0].commit == COMMIT


def test_an_address_that_leads_on_is_handed_over_as_where_it_leads(job, runboat):
    runboat.moved = "by-tls"
    assert job.run("preview") == 0, job.log
    assert f"PREVIEW_URL={runboat.site.url}/by-tls/web?db=b" in handed_over()


# Refused


def test_a_wrong_webhook_secret_is_told_from_the_build_that_never_comes(
    job, runboat, clock
):
    job.variables["RUNBOAT_WEBHOOK_SECRET"] = "another-secret"
    sentence = fails(job, 3)
    assert "RUNBOAT_WEBHOOK_SECRET" in sentence
    assert "RUNBOAT_REPOS" in sentence
    assert "kubectl" in sentence
    assert "another-secret" not in job.log
    assert 60 <= clock.monotonic() - 1000 < 90


def test_an_unknown_repository(job):
    job.variables["CI_MERGE_REQUEST_PROJECT_PATH"] = "my-group/other"
    assert "“my-group/other” with the branch “19.0”" in fails(job, 3)


# Failed


def test_a_failed_build_keeps_its_log_as_text_with_tokens_masked(job, runboat):
    log = (
        "+ curl -H 'PRIVATE-TOKEN: glpat-AbCdEfGhIjKlMnOpQrSt' <archive>\n"
        f"secret {runboat.secret} & http://user:hunter2@host/x\n"
        "\x1b[31mERROR: no matching distribution\x1b[0m"
    )
    runboat.plans = [Plan(outcome="failed", log=log)]
    assert "failed before the addons were installed" in fails(job, 1)
    kept = Path("preview-init.log").read_text()
    assert "<archive>" in kept
    assert "ERROR: no matching distribution" in kept
    assert "span" not in kept
    assert "aa0000" not in kept
    assert "\x1b" not in kept
    for secret in ("AbCdEfGh", "hunter2", runboat.secret):
        assert secret not in kept + job.log
    assert "preview-init.log" in job.log


def test_addons_that_do_not_install_are_found_out_by_their_missing_database(
    job, runboat
):
    runboat.plans = [Plan(outcome="baseonly", log="ParseError in blog_ai_views.xml")]
    assert "The addons do not install" in fails(job, 1)
    assert "ParseError" in Path("preview-init.log").read_text()


def test_an_odoo_that_lists_no_databases_is_told_in_the_log(job, runboat):
    runboat.plans = [Plan(tells_databases=False)]
    assert job.run("preview") == 0, job.log
    assert "are the addons installed?" in job.log


def test_a_failed_build_without_a_log_is_still_a_sentence(job, runboat):
    runboat.plans = [Plan(outcome="failed", log="")]
    assert "failed before" in fails(job, 1)
    assert not Path("preview-init.log").exists()


def test_a_job_that_is_run_again_has_the_failed_build_made_again(job, runboat):
    runboat.plans = [Plan(outcome="failed")]
    fails(job, 1)
    runboat.plans = [Plan()]
    assert job.run("preview") == 0, job.log
    assert len(posts(runboat, "/reset")) == 1
    assert len(runboat.builds) == 1


# Limits, and what is not there for a while


def test_a_runboat_that_forgets_all_for_a_moment_is_waited_for(job, runboat, clock):
    runboat.out_of_sight = [(1030, 1050), (1140, 1155)]
    assert job.run("preview") == 0, job.log
    assert len(runboat.builds) == 1


def test_an_undeployed_build_is_asked_for_once_more(job, runboat):
    runboat.plans = [Plan(evicted=60), Plan()]
    assert job.run("preview") == 0, job.log
    assert "RUNBOAT_MAX_DEPLOYED" in job.log
    assert runboat.builds[1].name in handed_over()


def test_a_build_that_is_leaving_is_not_taken_for_ours(job, runboat, clock):
    job.run("preview")
    runboat.builds[0].deleted = clock.monotonic()
    assert job.run("preview") == 0, job.log
    assert runboat.builds[1].name in handed_over()


def test_a_build_that_never_leaves_is_told(job, runboat, clock, monkeypatch):
    job.run("preview")
    Path("preview.env").unlink()
    monkeypatch.setattr("fake_runboat.UNDEPLOYS", 99_999)
    runboat.builds[0].deleted = clock.monotonic()
    assert "still undeploying" in fails(job, 5)


def test_a_build_that_is_undeployed_twice_has_no_room(job, runboat):
    runboat.plans = [Plan(evicted=60)]
    assert "RUNBOAT_MAX_DEPLOYED" in fails(job, 5)
    assert len(runboat.builds) == 2


def test_a_build_that_the_limit_stops_is_started_again(job, runboat):
    runboat.plans = [Plan(stops=[5])]
    assert job.run("preview") == 0, job.log
    assert len(posts(runboat, "/start")) == 2


def test_a_build_that_is_stopped_each_time_has_no_room(job, runboat):
    runboat.plans = [Plan(stops=[5] * 9)]
    assert "RUNBOAT_MAX_STARTED" in fails(job, 5)
    assert len(posts(runboat, "/start")) == 3


def test_an_installation_without_end_is_given_up_with_what_keeps_it(
    job, runboat, clock
):
    runboat.plans = [Plan(initializing=99_999)]
    sentence = fails(job, 4)
    assert "still initializing after 1500 s" in sentence
    assert "4 builds waiting" in sentence
    assert clock.monotonic() - 1000 < 1600


def test_an_odoo_that_never_answers_is_given_up(job, runboat):
    job.variables["RUNBOAT_START_SECONDS"] = "100"
    runboat.plans = [Plan(booting=99_999)]
    assert "started, but its Odoo does not answer after 100 s" in fails(job, 4)


# Settings and the way there


def test_a_host_name_that_is_too_long_is_told_before_anything_is_sent(job, runboat):
    job.variables["CI_MERGE_REQUEST_PROJECT_PATH"] = f"{LONG_REPO}r"
    job.variables["CI_MERGE_REQUEST_IID"] = "123"
    assert "1 characters longer than the 63" in fails(job, 2)
    assert not runboat.api.requests


def test_a_host_name_of_63_characters_is_not_too_long(job, runboat):
    job.variables["CI_MERGE_REQUEST_PROJECT_PATH"] = LONG_REPO
    job.variables["CI_MERGE_REQUEST_IID"] = "123"
    assert "RUNBOAT_REPOS" in fails(job, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RUNBOAT_URL", ""),
        ("RUNBOAT_URL", "ftp://runboat"),
        ("RUNBOAT_URL", "https://user:secret-one@runboat"),
        ("RUNBOAT_URL", "https://runboat.example.com/api/v1"),
        ("RUNBOAT_URL", "https://runboat.example.com/webui/builds.html"),
        ("RUNBOAT_WEBHOOK_SECRET", ""),
        ("RUNBOAT_INIT_SECONDS", "soon"),
        ("CI_MERGE_REQUEST_IID", ""),
        ("CI_COMMIT_SHA", ""),
    ],
)
def test_a_missing_or_wrong_variable_is_named(job, name, value):
    job.variables[name] = value
    assert name in fails(job, 2)
    assert "secret-one" not in job.log


def test_a_host_that_does_not_answer(job, runboat):
    runboat.api.close()
    assert "RUNBOAT_URL" in fails(job, 6)
    assert "Traceback" not in job.log
    runboat.api = runboat.site  # closed once more by the fixture


def test_a_runboat_that_restarts_is_waited_for(job, runboat):
    runboat.down = [(1030, 1050)]
    assert job.run("preview") == 0, job.log


def test_a_runboat_that_stays_away_is_not(job, runboat):
    runboat.down = [(1030, 2000)]
    assert "502" in fails(job, 6)


def test_another_service_at_that_address(job, gitlab):
    job.variables["RUNBOAT_URL"] = gitlab.service.url
    assert "RUNBOAT_URL" in fails(job, 3)


def test_an_address_that_has_moved(job, runboat):
    job.variables["RUNBOAT_URL"] = f"{runboat.site.url}/old"
    runboat.moved = "new"
    assert f"redirects to {runboat.site.url}/new" in fails(job, 6)
