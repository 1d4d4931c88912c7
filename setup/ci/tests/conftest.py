import pytest
from fake_gitlab import FakeGitLab
from fake_runboat import FakeRunboat
from preview.cli import main

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class FakeClock:
    """A clock on which half an hour passes as soon as somebody sleeps for it."""

    def __init__(self):
        self.time = 1000.0

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


class Pipeline:
    """A job of a merge request's pipeline, with its variables and its log."""

    def __init__(self, clock, runboat, gitlab):
        self.clock, self.lines = clock, []
        self.variables = {
            "RUNBOAT_URL": runboat.url,
            "RUNBOAT_WEBHOOK_SECRET": runboat.secret,
            "GITLAB_API_TOKEN": gitlab.token,
            "CI_API_V4_URL": gitlab.url,
            "CI_MERGE_REQUEST_PROJECT_PATH": "My-Group/blog-ai",
            "CI_MERGE_REQUEST_PROJECT_ID": "9",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "19.0",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "",
            "CI_COMMIT_SHA": COMMIT,
        }

    def run(self, *words: str) -> int:
        self.lines.clear()
        return main(words, self.variables, self.clock, self.lines.append)

    @property
    def log(self) -> str:
        return "\n".join(self.lines)

    @property
    def sentence(self) -> str:
        """The last line of the log."""
        return self.lines[-1].strip()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def runboat(clock):
    service = FakeRunboat(clock)
    yield service
    service.close()


@pytest.fixture
def gitlab():
    service = FakeGitLab()
    yield service
    service.close()


@pytest.fixture
def job(clock, runboat, gitlab, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return Pipeline(clock, runboat, gitlab)
