"""The fake behaves as the real one was seen to behave, so that it lets nothing pass."""

import pytest
import requests
from conftest import COMMIT


@pytest.fixture
def api(runboat):
    return f"{runboat.url}/api/v1"


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_there_is_no_post_of_builds(api):
    answer = requests.post(f"{api}/builds", json={"repo": "x"}, timeout=5)
    assert (answer.status_code, answer.json()) == (
        405,
        {"detail": "Method Not Allowed"},
    )


def test_an_order_shows_only_in_the_list_and_without_what_is_null(api, runboat, clock):
    query = {"repo": "My-Group/Blog-AI", "target_branch": "19.0"}
    runboat.order("My-Group/Blog-AI", "19.0", COMMIT)
    assert requests.get(f"{api}/builds", params=query, timeout=5).json() == []
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
    assert build.status(clock.monotonic()) == "stopped"


def test_a_webhook_with_a_bad_signature_is_answered_alike(runboat, clock):
    headers = {"X-GitHub-Event": "push", "X-Hub-Signature-256": "sha256=0"}
    url = f"{runboat.url}/webhooks/github"
    answer = requests.post(url, data=b"{}", headers=headers, timeout=5)
    assert (answer.status_code, answer.json(), runboat.builds) == (200, None, [])
