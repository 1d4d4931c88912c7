"""Steps, locks, processes and what is shown of a log."""

import io
import os
import re
import socket
import subprocess
import sys
from ast import literal_eval
from types import SimpleNamespace

import pytest
from devkit import chromium, locks, processes, steps
from devkit.commands import run
from devkit.paths import SCRIPTS
from devkit.report import RECORD

FIRST_POSTS = SCRIPTS / "first_posts.py"


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "LOGS", tmp_path / "log")
    monkeypatch.setattr(locks, "DEV", tmp_path)


def test_a_failed_command_is_one_sentence_with_its_last_line():
    command = [sys.executable, "-c", "print('first\\nlast\\n'); exit(3)"]
    with pytest.raises(steps.Missing) as caught:
        steps.call(command, "example", "It failed.")
    assert str(caught.value).startswith("It failed.")
    assert str(caught.value).endswith("example.log: last")


def test_a_command_that_takes_long_says_what_it_does(monkeypatch):
    monkeypatch.setattr(steps, "NEWS_EVERY", 0.01)
    code = (
        "import sys; print('2026-01-02 03:04:05,678 42 INFO db odoo.modules.loading: "
        "Loading module website_blog (40/43)', flush=True); sys.stdin.read()"
    )
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=reading,
        stdout=open_log(steps.LOGS / "load.log"),
    )

    def say(text):
        if "website_blog" in text and "website_blog" not in "".join(said):
            os.close(writing)  # it has been seen: the command may end
        said.append(text)

    said = []
    monkeypatch.setattr(steps, "say", say)
    steps.finish(process, steps.LOGS / "load.log")
    os.close(reading)
    assert said[-1].endswith("load: website_blog (40/43 modules)")


def test_a_command_that_prints_nothing_has_no_empty_news(monkeypatch):
    def say(text):
        said.append(text)
        process.kill()

    said, log = [], steps.LOGS / "load.log"
    monkeypatch.setattr(steps, "NEWS_EVERY", 0.01)
    monkeypatch.setattr(steps, "say", say)
    process = subprocess.Popen(
        [sys.executable, "-c", "while True: pass"], stdout=open_log(log)
    )
    steps.finish(process, log)
    assert re.fullmatch(r"   … \d+ s, load", said[0])


def test_many_items_say_how_many_are_done(monkeypatch):
    said, clock = [], iter((0.0, 1.0, 6.0, 7.0))
    monkeypatch.setattr(steps, "say", said.append)
    monkeypatch.setattr("devkit.steps.time.monotonic", lambda: next(clock))
    assert [*steps.counted("abc", "letters")] == ["a", "b", "c"]
    assert said == ["   … 6 s, 1 of 3 letters"]


def test_the_editor_of_the_first_site_may_log_in_as_announced(monkeypatch, tmp_path):
    said = []
    monkeypatch.setattr(run, "say", said.append)
    run.announce("http://x", "/post", "http://y", tmp_path / "log")
    _name, login = literal_eval(
        re.search(r"^AUTHOR = (.+)$", FIRST_POSTS.read_text(), re.MULTILINE)[1]
    )
    assert f"(login {login}, password {login})" in said[0]


def open_log(path):
    path.parent.mkdir()
    return path.open("wb")


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("", ""),
        ("Collecting regex\n  Downloading regex.whl (0.8 MB)\n\n", "Downloading"),
        ("2026-01-02 03:04:05,678 42 INFO db odoo.http: Ready\n", "Ready"),
        ("Ready\n2026-01-02 03:04:05,678 42 INFO db odoo.http: \n", "Ready"),
    ],
)
def test_news_is_the_last_line_of_a_log(log, expected, tmp_path):
    path = tmp_path / "example.log"
    path.write_text(log)
    assert steps.news(path).startswith(expected)


def test_one_failure_ends_what_runs_beside_it(tmp_path):
    started = tmp_path / "started"
    os.mkfifo(started)

    def fail():
        started.read_text()  # wait until the other one has opened it
        raise steps.Missing("no network")

    def go_on_for_ever():
        code = "import signal, sys; open(sys.argv[1], 'w').close(); signal.pause()"
        steps.call([sys.executable, "-c", code, started], "example", "It was ended.")

    with pytest.raises(steps.Missing, match="no network"):
        steps.side_by_side(fail, go_on_for_ever)


def test_a_lock_is_held_by_one_and_shared_by_many():
    with locks.opened("x") as first, locks.opened("x") as second:
        locks.shared(first)
        locks.shared(second)
        assert not locks.taken(first)
        second.close()
        assert locks.taken(first)


def test_a_busy_port_is_passed_over():
    with socket.create_server(("127.0.0.1", 0)) as server:
        busy = server.getsockname()[1]
        assert processes.free_port(busy) > busy


def test_a_child_does_not_outlive_us():
    with processes.child([sys.executable, "-c", "while True: pass"]) as child:
        assert child.poll() is None
    assert child.returncode


def test_our_wrapper_is_not_the_browser_it_wraps(tmp_path, monkeypatch):
    monkeypatch.setattr(chromium, "BIN", tmp_path / "bin")
    browser = tmp_path / "it's a browser" / "chromium"
    for file in (browser, tmp_path / "bin" / "google-chrome"):
        file.parent.mkdir()
        file.write_text("#!/bin/sh\necho $1\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{browser.parent}:{os.defpath}")
    assert chromium.find() == str(browser)
    chromium.wrap()
    printed = steps.captured([tmp_path / "bin" / "google-chrome"]).stdout
    assert "ClearCrossOriginRelatedTarget" in printed


@pytest.mark.parametrize(
    ("logger", "level", "message", "expected"),
    [
        ("werkzeug", "INFO", '::1 - "GET /blog HTTP/1.1" 200 - 3', "GET /blog 200"),
        ("werkzeug", "INFO", '::1 - "GET /web/assets/a.js HTTP/1.1" 200 - 3', ""),
        ("odoo.addons.blog_ai_generator.pump", "INFO", "1 done", "1 done"),
        ("odoo.registry", "INFO", "loaded", ""),
        ("odoo.http", "WARNING", "oh", "WARNING odoo.http: oh"),
    ],
)
def test_make_run_shows_what_a_person_follows(logger, level, message, expected):
    line = f"2026-01-02 03:04:05,678 42 {level} db {logger}: {message}"
    shown = run.short(line, RECORD.match(line))
    assert shown == (f"03:04:05 {expected}" if expected else "")


ODOO = """
import sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
try:
    server = HTTPServer(("127.0.0.1", int(sys.argv[1])), SimpleHTTPRequestHandler)
except OSError:
    sys.exit("Address already in use")
print("HTTP service (werkzeug) running on localhost", flush=True)
for path in ("/web/health", "/a-post"):
    server.handle_request()
sys.exit(1)
"""


@pytest.mark.parametrize("end", ["sys.exit()", "os.kill(os.getpid(), 15)"])
def test_an_odoo_that_is_told_to_stop_is_no_failure(end):
    ended_odoo(end)


@pytest.mark.parametrize("end", ["sys.exit(1)", "os.kill(os.getpid(), 9)"])
def test_an_odoo_that_ends_by_itself_is_a_failure(end):
    with pytest.raises(steps.Missing, match="ended by itself"):
        ended_odoo(end)


def ended_odoo(end):
    code = f"import os, sys; {end}"
    with processes.child([sys.executable, "-c", code]) as odoo:
        odoo.wait()
        run.follow(io.StringIO(), odoo)


def test_losing_the_race_for_a_port_leads_to_the_next_one(tmp_path, monkeypatch):
    """Another program may take a port that was free, and answer in Odoo's place."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "web").mkdir()
    for path in ("web/health", "a-post"):
        (tmp_path / path).touch()
    monkeypatch.setattr(run, "LOGS", tmp_path)
    monkeypatch.setattr(run, "variables", lambda server: dict(os.environ))
    monkeypatch.setattr(
        run,
        "odoo_command",
        lambda *words: [
            *(sys.executable, "-c", ODOO),
            words[words.index("--http-port") + 1],
        ],
    )
    with socket.create_server(("127.0.0.1", 0)) as other, locks.opened("run") as lock:
        busy = other.getsockname()[1]
        monkeypatch.setattr(run, "PORT", busy)
        monkeypatch.setattr(
            run,
            "free_port",
            lambda wanted=0: busy if wanted == busy else processes.free_port(wanted),
        )
        with pytest.raises(steps.Missing, match="ended by itself"):
            run.serve(SimpleNamespace(prefix="x"), "/a-post", lock)
        lock.seek(0)
        assert lock.read() not in ("", f"http://localhost:{busy}")
