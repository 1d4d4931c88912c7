"""The scripts in Runboat's pods: download from GitLab and install."""

import os
import re
import subprocess
import tarfile
from pathlib import Path

import jinja2
import pytest
from service import Answer, Service

KUBEFILES = Path(__file__).resolve().parent.parent / "kubefiles"
TOKEN = "glpat-the-token-of-runboat"
CURL = """#!/bin/sh
printf '%s\\n' "$@" > "$SEEN/arguments"
cat > "$SEEN/configuration"
[ -z "$REFUSED" ] || { echo "curl: (22) The requested URL returned error: 404" >&2
exit 22; }
cat "$SEEN/archive.tar.gz"
"""


@pytest.fixture
def pod(tmp_path):
    """Make a folder with a `curl` that notes its input, and the archive it prints."""
    for name in ("bin", "seen", "data/left-over", "repo-19.0-0123/addon"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "repo-19.0-0123/addon/__manifest__.py").write_text("{}")
    with tarfile.open(tmp_path / "seen/archive.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "repo-19.0-0123", "repo-19.0-0123")
    for name, text in {"curl": CURL, "oca_install_addons": "#!/bin/sh\n"}.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def run(pod, script, **variables):
    return subprocess.run(
        ["bash", "-x", KUBEFILES / script],
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": f"{pod / 'bin'}:{os.environ['PATH']}",
            "SEEN": str(pod / "seen"),
            "DATA": str(pod / "data"),
            "VENV": str(pod / "repo-19.0-0123"),
            "ADDONS_DIR": str(pod / "data/addons"),
            "GITLAB_URL": "https://gitlab.example.com",
            "GITLAB_TOKEN": TOKEN,
            "RUNBOAT_GIT_REPO": "my-group/sub/blog-ai",
            "RUNBOAT_GIT_REF": "0123abc",
            **variables,
        },
    )


def test_the_archive_of_the_commit_is_unpacked(pod):
    done = run(pod, "runboat-fetch.sh")
    assert done.returncode == 0, done.stderr
    assert (pod / "data/addons/addon/__manifest__.py").read_text() == "{}"
    assert not (pod / "data/left-over").exists()
    assert (pod / "seen/arguments").read_text().splitlines()[-1] == (
        "https://gitlab.example.com/api/v4/projects/my-group%2Fsub%2Fblog-ai"
        "/repository/archive.tar.gz?sha=0123abc"
    )


def test_the_token_is_neither_in_the_arguments_nor_in_a_traced_log(pod):
    done = run(pod, "runboat-fetch.sh")
    assert TOKEN in (pod / "seen/configuration").read_text()
    for text in ((pod / "seen/arguments").read_text(), done.stdout, done.stderr):
        assert TOKEN not in text


@pytest.mark.parametrize("shell", ["bash", "dash"])
@pytest.mark.parametrize(
    ("token", "expected"),
    [(TOKEN, f"Bearer {TOKEN}"), ("", None)],
    ids=["token", "none"],
)
def test_curl_itself_sends_the_token(shell, token, expected):
    """A fake `curl` cannot tell whether the real one accepts the configuration."""
    script = (KUBEFILES / "runboat-fetch.sh").read_text()
    download = re.search(
        r"^download\(\) \{\n.+?^\}\n", script, re.DOTALL | re.MULTILINE
    )[0]
    server = Service(lambda request: Answer("the archive"))
    try:
        done = subprocess.run(
            [shell, "-c", f"{download}download"],
            capture_output=True,
            text=True,
            check=False,
            env={
                "PATH": os.environ["PATH"],
                "NO_PROXY": "127.0.0.1",
                "url": server.url,
                "GITLAB_TOKEN": token,
            },
        )
    finally:
        server.close()
    assert done.stdout == "the archive", done.stderr
    assert server.requests[0].headers.get("authorization") == expected


def test_a_public_repository_needs_no_token(pod):
    done = run(pod, "runboat-fetch.sh", GITLAB_TOKEN="")
    assert done.returncode == 0, done.stderr
    assert TOKEN not in (pod / "seen/configuration").read_text()


def test_a_failed_download_is_told_by_the_log_that_runboat_shows(pod):
    assert run(pod, "runboat-fetch.sh", REFUSED="yes").returncode == 0
    done = run(pod, "runboat-clone-and-install.sh")
    assert done.returncode == 1
    assert "error: 404" in done.stdout
    assert TOKEN not in done.stdout + done.stderr
    assert "my-group/sub/blog-ai" in done.stdout
    assert not (pod / "data/initialized").exists()


def test_the_download_is_installed_and_kept(pod):
    run(pod, "runboat-fetch.sh")
    done = run(pod, "runboat-clone-and-install.sh", GITLAB_TOKEN="")
    assert done.returncode == 0, done.stderr
    assert (pod / "data/initialized").exists()
    assert (pod / "data/odoo-venv/addon").is_dir()


@pytest.mark.parametrize("mode", ["deployment", "initialize", "cleanup"])
def test_only_the_container_that_fetches_has_the_token(mode):
    text = (KUBEFILES / "kustomization.yaml.jinja").read_text()
    rendered = jinja2.Template(text, undefined=jinja2.StrictUndefined).render(
        mode=mode,
        namespace="builds",
        build_name="b1",
        image_name="ghcr.io/oca/oca-ci/py3.10-odoo19.0",
        image_tag="latest",
        build_template_vars={"gitlabUrl": "https://gitlab", "gitlabToken": TOKEN},
    )
    assert (TOKEN in rendered) == (mode == "initialize")
