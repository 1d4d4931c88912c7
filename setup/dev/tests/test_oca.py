"""The steps of `setup/ci/oca_tests`, with programs in place of Odoo and PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from devkit.paths import CI, PYTHON

RECORD = "2026-01-02 03:04:05,678 42 {} oca_tests odoo.modules.loading: {}"
WELL = RECORD.format("INFO", "12 modules loaded")
WARNED = RECORD.format("WARNING", "a field is not what it was")
FAILED = RECORD.format("ERROR", "FAIL: TestTopic.test_order")
# `odoo` and `coverage run odoo` print a log; `odoo` and `pg_dump` leave files behind.
PROGRAMS = {
    "odoo": f"#!{sys.executable}\nimport os\n"
    "os.makedirs(os.environ['FILES'], exist_ok=True)\n"
    "print(os.environ['INIT_LOG'])\n",
    "coverage": '#!/bin/sh\ncase $1 in\nrun) echo "$TEST_LOG"; exit $TEST_CODE ;;\n'
    "report) exit $COVERAGE_CODE ;;\nesac\n",
    "pytest": "#!/bin/sh\nexit $PYTEST_CODE\n",
    "manifestoo": "#!/bin/sh\necho website_blog\n",
    "oca_install_addons": "#!/bin/sh\n",
    "createdb": "#!/bin/sh\n",
    "dropdb": "#!/bin/sh\n",
    "pg_dump": '#!/bin/sh\necho half >"$3"\nexit $DUMP_CODE\n',
    "pg_restore": '#!/bin/sh\necho "$4" >>"$RESTORED"\n',
}


@pytest.fixture
def oca_tests(tmp_path):
    """Run the script; variables set the output and the exit code of its programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in PROGRAMS.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (tmp_path / "odoo.conf").write_text(f"[options]\ndata_dir = {tmp_path}\n")
    path = [str(programs), str(PYTHON.parent), os.environ["PATH"]]
    usual = {
        "PATH": os.pathsep.join(path),
        "ODOO_RC": str(tmp_path / "odoo.conf"),
        "REPORTS": str(tmp_path / "reports"),
        "PGDATABASE": "oca_tests",
        "FILES": str(tmp_path / "filestore" / "oca_tests"),
        "RESTORED": str(tmp_path / "restored"),
        "DUMP_CODE": "0",
        "INIT_LOG": WELL,
        "TEST_LOG": WELL,
        "TEST_CODE": "0",
        "PYTEST_CODE": "0",
        "COVERAGE_CODE": "0",
    }

    def run(**variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [CI / "oca_tests"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **usual, **variables},
        )

    return run


def test_a_clean_run_is_green_and_leaves_a_report(oca_tests, tmp_path):
    done = oca_tests()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "== coverage" in done.stdout
    assert Path(tmp_path / "reports" / "junit.xml").is_file()


@pytest.mark.parametrize(
    "variables",
    [
        {"INIT_LOG": WARNED},
        {"INIT_LOG": ""},
        {"TEST_LOG": WARNED},
        {"TEST_LOG": f"{WELL}\n{FAILED}"},
        {"TEST_LOG": ""},
        {"TEST_CODE": "1"},
        {"PYTEST_CODE": "1"},
        {"COVERAGE_CODE": "2"},
    ],
)
def test_it_is_red_on_a_warning_an_error_silence_and_low_coverage(oca_tests, variables):
    assert oca_tests(**variables).returncode


def test_a_red_run_reports_all_the_same(oca_tests, tmp_path):
    done = oca_tests(TEST_LOG=WARNED)
    assert "== coverage" in done.stdout
    assert (tmp_path / "reports" / "junit.xml").is_file()


def test_only_a_whole_dump_is_restored_in_a_later_run(oca_tests, tmp_path):
    folder, restored = tmp_path / "templates", tmp_path / "restored"
    assert oca_tests(TEMPLATES=str(folder), DUMP_CODE="1").returncode
    assert not [*folder.glob("*.dump")]
    assert oca_tests(TEMPLATES=str(folder)).returncode == 0
    assert not restored.exists()
    (dump,) = folder.glob("*.dump")
    # Nothing is installed any more.
    assert oca_tests(TEMPLATES=str(folder), INIT_LOG=FAILED).returncode == 0
    assert restored.read_text() == f"{dump}\n"
