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


def kustomization(mode: str, **env: str) -> str:
    text = (KUBEFILES / "kustomization.yaml.jinja").read_text()
    return jinja2.Template(text, undefined=jinja2.StrictUndefined).render(
        mode=mode,
        namespace="builds",
        build_name="b1",
        image_name="ghcr.io/oca/oca-ci/py3.10-odoo19.0",
        image_tag="latest",
        build_env=env,
        build_template_vars={"gitlabUrl": "https://gitlab", "gitlabToken": TOKEN},
    )


MODES = pytest.mark.parametrize("mode", ["deployment", "initialize", "cleanup"])


@MODES
def test_only_the_container_that_fetches_has_the_token(mode):
    assert (TOKEN in kustomization(mode)) == (mode == "initialize")


@MODES
def test_tests_run_on_demand_only(mode):
    command = '["bash", "/runboat/runboat-initialize-and-test.sh"]'
    assert command not in kustomization(mode)
    asked = kustomization(mode, RUN_TESTS="1")
    assert (command in asked) == (mode == "initialize")


ODOO = """#!/bin/sh
echo "odoo $*" >> "$SEEN/commands"
echo "1 failed, 2 error(s) of 345 tests when loading database 'b1-tests'"
exit 1
"""


@pytest.fixture
def initialized(pod):
    """Give the pod a filestore, and commands that note their arguments."""
    for name in ("dropdb", "createdb"):
        note = f'#!/bin/sh\necho "{name} $*" >> "$SEEN/commands"\n'
        (pod / "bin" / name).write_text(note)
    (pod / "bin/odoo").write_text(ODOO)
    for name in ("dropdb", "createdb", "odoo"):
        (pod / "bin" / name).chmod(0o755)
    (pod / "data/odoo-data-dir/filestore/b1").mkdir(parents=True)
    (pod / "scripts").mkdir()
    (pod / "scripts/runboat-initialize.sh").write_text("echo initialized\n")
    return pod


def run_tests(pod, **variables):
    done = run(
        pod,
        "runboat-initialize-and-test.sh",
        SCRIPTS=str(pod / "scripts"),
        PGDATABASE="b1",
        **{"RUN_TESTS": "1", **variables},
    )
    seen = pod / "seen/commands"
    return done, seen.read_text().splitlines() if seen.exists() else []


def test_tests_run_on_a_copy_which_does_not_stay(initialized):
    done, commands = run_tests(initialized)
    assert [command.split()[0] for command in commands] == [
        "dropdb",
        "createdb",
        "odoo",
        "dropdb",
    ]
    assert "--template=b1 b1-tests" in commands[1]
    assert "--test-tags /blog_ai_generator,/blog_ai_generator_tests" in commands[2]
    filestore = initialized / "data/odoo-data-dir/filestore"
    assert [path.name for path in filestore.iterdir()] == ["b1"]


def test_their_result_ends_the_log_and_fails_no_build(initialized):
    done, _commands = run_tests(initialized)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == (
        "Tests of the addons: 1 failed, 2 error(s) of 345 tests"
    )


def test_the_variable_may_choose_the_tests(initialized):
    _done, commands = run_tests(initialized, RUN_TESTS="/blog_ai_generator:TestSlot")
    assert "--test-tags /blog_ai_generator:TestSlot" in commands[2]


def test_a_database_without_the_addons_is_told_by_the_log(initialized):
    (initialized / "bin/createdb").write_text("#!/bin/sh\nexit 1\n")
    done, commands = run_tests(initialized)
    assert done.returncode == 0
    assert "odoo" not in "".join(commands)
    assert done.stdout.splitlines()[-1].endswith("none ran to the end")


def test_a_build_that_fails_is_not_tested(initialized):
    (initialized / "scripts/runboat-initialize.sh").write_text("exit 3\n")
    done, commands = run_tests(initialized)
    assert (done.returncode, commands) == (3, [])
