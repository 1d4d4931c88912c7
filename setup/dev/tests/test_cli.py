"""A command, its module and its target of the Makefile have one name."""

import os
import re
import subprocess
import sys

from devkit import cli
from devkit.paths import HERE, ROOT


def test_each_command_is_a_module_of_that_name():
    folder = HERE / "devkit" / "commands"
    modules = {path.stem.replace("_", "-") for path in folder.glob("[a-z]*.py")}
    assert modules == {*cli.COMMANDS}


def test_each_command_says_what_it_does_in_one_line(capsys):
    assert cli.command("help").run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == cli.COMMANDS
    assert all(line.endswith(".") for line in lines)


def test_the_makefile_has_the_commands_that_take_no_words():
    text = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    targets = re.search(r"^COMMANDS := (.+)$", text, re.MULTILINE)[1].split()
    assert {*targets} == {*cli.COMMANDS} - {"pytest", "odoo", "env", "help"}


def test_a_reader_who_has_enough_is_no_bug():
    nobody_reads, pipe = os.pipe()
    os.close(nobody_reads)
    words = [sys.executable, HERE / "main.py", "help"]
    done = subprocess.run(words, stdout=pipe, stderr=subprocess.PIPE, check=False)
    os.close(pipe)
    assert (done.returncode, done.stderr) == (0, b"")
