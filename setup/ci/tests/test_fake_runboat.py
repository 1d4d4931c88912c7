"""The fake keeps to what was seen of the real one; a client that passes here may not
have been let off."""

import pytest
import requests
from conftest import COMMIT


@pytest.fixture
def api(runboat):
    return f"{runboat.url}/api/v1"


@pytest.fixture
def basic(runboat):
    return (runboat.user, runboat.password)


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_there_is_no_post_of_builds(api):
    answer = requests.post(f"{api}/builds", json={"repo": "x"}, timeout=5)
    assert (answer.status_code, answer.json()) == (
        405,
        {"detail": "Method Not Allowed"},
    )


def test_a_bearer_token_is_refused(api):
    url, headers = f"{api}/builds/trigger/pr", {"Authorization": "Bearer token"}
    query = {"repo": "my-group/blog-ai", "pr": 7}
    answer = requests.post(url, params=query, headers=headers, timeout=5)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Basic"
    assert answer.json() == {"detail": "Not authenticated"}


def test_a_trigger_wants_its_query(api, basic):
    body = {"repo": "my-group/blog-ai", "pr": 7}
    url = f"{api}/builds/trigger/pr"
    assert requests.post(url, json=body, auth=basic, timeout=5).status_code == 422


def test_an_unknown_branch_crashes_it_in_plain_text(api, basic):
    query = {"repo": "my-group/blog-ai", "branch": "absent"}
    url = f"{api}/builds/trigger/branch"
    answer = requests.post(url, params=query, auth=basic, timeout=5)
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


def test_an_order_answers_null_and_shows_only_in_the_list(api, basic, runboat, clock):
    runboat.branches["19.0"] = COMMIT
    query = {"repo": "My-Group/Blog-AI", "branch": "19.0"}
    url = f"{api}/builds/trigger/branch"
    answer = requests.post(url, params=query, auth=basic, timeout=5)
    assert (answer.status_code, answer.json()) == (200, None)
    clock.sleep(5)
    (build,) = requests.get(f"{api}/builds", params=query, timeout=5).json()
    assert build["commit_info"] == {
        "repo": "my-group/blog-ai",
        "target_branch": "19.0",
        "git_commit": COMMIT,
    }
    assert "repo_pr_link" not in build
    one = requests.get(f"{api}/builds/{build['name']}", timeout=5).json()
    assert one["repo_pr_link"] is None


def test_a_start_during_the_installation_is_ignored(api, runboat, clock):
    runboat.order("my-group/blog-ai", "19.0", COMMIT)
    clock.sleep(10)
    (build,) = runboat.builds
    answer = requests.post(f"{api}/builds/{build.name}/start", timeout=5)
    assert (answer.status_code, answer.json()) == (200, None)
    clock.sleep(500)
    assert build.status(clock.now()) == "stopped"


def test_a_webhook_with_a_bad_signature_is_answered_alike(runboat, clock):
    headers = {"X-GitHub-Event": "push", "X-Hub-Signature-256": "sha256=0"}
    url = f"{runboat.url}/webhooks/github"
    answer = requests.post(url, data=b"{}", headers=headers, timeout=5)
    assert (answer.status_code, answer.json(), runboat.builds) == (200, None, [])


def test_a_delete_without_a_filter_takes_everything(api, basic, runboat, clock):
    runboat.order("my-group/blog-ai", "19.0", COMMIT)
    runboat.order("another/repo", "19.0", COMMIT)
    clock.sleep(10)
    assert requests.delete(f"{api}/builds", timeout=5).status_code == 401
    requests.delete(f"{api}/builds", auth=basic, timeout=5)
    clock.sleep(60)
    assert runboat.seen() == []
