"""The wrapper of the browser."""

import os
import shlex
import subprocess
import sys

import pytest
from devkit import chromium

# Stands in for a browser that leaves something behind in its profile, as far as it is
# there.
BROWSER = """
import sys
from pathlib import Path
profile = Path(sys.argv[-1].partition("=")[2], "Default")
for name in ("Cache", "Code Cache"):
    if (profile / name).is_dir():
        (profile / name / "script").write_text("compiled")
"""


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Return a function that opens a browser with a new profile, and its folder."""
    script = tmp_path / "browser.py"
    script.write_text(BROWSER)
    browser = tmp_path / "browser"
    start = shlex.join([sys.executable, str(script)])
    browser.write_text(f'#!/bin/sh\nexec {start} "$@"\n')
    browser.chmod(0o755)
    monkeypatch.setattr(chromium, "BIN", tmp_path / "bin")
    monkeypatch.setattr(chromium, "find", lambda: str(browser))
    chromium.wrap()

    def run(name, **variables):
        profile = tmp_path / name
        profile.mkdir()
        subprocess.run(
            [tmp_path / "bin" / "google-chrome", f"--user-data-dir={profile}"],
            env={**os.environ, **variables},
            check=True,
        )
        return profile / "Default"

    return run


def test_browsers_of_one_run_share_the_scripts_they_have_compiled(tmp_path, opened):
    cache = {chromium.CACHE: str(tmp_path / "a cache")}
    opened("first", **cache)
    second = opened("second", **cache)
    for name in ("Cache", "Code Cache"):
        assert (second / name / "script").read_text() == "compiled"
        assert {path.name for path in second.iterdir()} == {"Cache", "Code Cache"}


def test_a_browser_of_its_own_shares_nothing(opened, monkeypatch):
    monkeypatch.delenv(chromium.CACHE, raising=False)
    assert not opened("alone").exists()
