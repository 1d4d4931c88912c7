"""`--help` says all that a maintainer needs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from preview import cli, problems
from preview.logs import masked

HERE = Path(__file__).resolve().parent.parent


def help_of(*words):
    done = subprocess.run(
        [sys.executable, HERE / "runboat.py", *words, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    return done.stdout


@pytest.fixture(scope="module")
def help_text():
    return help_of()


def test_it_names_every_variable_and_every_exit_code(help_text):
    code = "".join(path.read_text() for path in (HERE / "preview").glob("*.py"))
    read = {*re.findall(r'"((?:RUNBOAT|GITLAB|CI|PREVIEW)_[A-Z0-9_]+)"', code)}
    assert "GITLAB_API_TOKEN" in read
    assert read <= {*re.findall(r"`([A-Z0-9_]+)`", help_text)}
    for kind in problems.Problem.__subclasses__():
        assert f"| {kind.code} | " in help_text


def test_it_names_every_command(help_text):
    for command in cli.COMMANDS:
        assert f"    {command} " in help_text


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_each_command_says_what_it_needs(command):
    assert "Needs" in help_of(command)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("token glpat-AbCdEfGhIjKlMnOp-QrS.x", "token [MASKED]"),
        ("http://user:pass-word@host/path", "http://[MASKED]@host/path"),
        ("https://h/a?private_token=abc123&x=1", "https://h/a?[MASKED]&x=1"),
        ("PRIVATE-TOKEN: 0123abc", "[MASKED]"),
        ("header 'Private-Token: 0123abc'", "header '[MASKED]'"),
        ("Authorization: Bearer eyJhbGciOiJIUzI1.x.y", "Authorization: [MASKED]"),
        ("a basic understanding", "a basic understanding"),
        ("sk-proj-0123456789abcdef", "[MASKED]"),
        ("the value of-ours here", "the value [MASKED] here"),
        ("glad-to-help, task-force", "glad-to-help, task-force"),
    ],
)
def test_a_text_like_a_secret_is_masked(text, left):
    assert masked(text, ["of-ours"]) == left
