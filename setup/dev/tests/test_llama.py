"""Fetching a language model, and what is said where it cannot be had."""

import os
import subprocess

import pytest
from devkit import debian, llama, locks, steps, testing
from devkit.commands import test


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "LOGS", tmp_path / "log")
    monkeypatch.setattr(locks, "DEV", tmp_path)
    monkeypatch.setattr(llama, "LLM", tmp_path / "llm")
    monkeypatch.setattr(llama.platform, "machine", lambda: "x86_64")


def test_a_model_that_is_here_is_not_fetched_again(monkeypatch):
    llama.LLM.mkdir()
    (llama.LLM / "made-for").write_text(llama.WANTED)
    monkeypatch.setattr(llama, "fetch", None)
    assert llama.missing() == ""
    assert os.access(llama.LLM / llama.SERVER.name, os.X_OK)


def test_another_model_is_fetched_anew(monkeypatch):
    llama.LLM.mkdir()
    (llama.LLM / "made-for").write_text("an older model")
    fetched = []
    monkeypatch.setattr(llama, "fetch", fetched.append)
    assert llama.missing() == ""
    assert fetched == [llama.LLM]


def test_without_a_mirror_the_reason_is_one_line_and_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(debian.shutil, "which", lambda name: name)
    monkeypatch.setattr(debian, "mirrors_here", list)
    why = llama.missing()
    assert "DEBIAN_MIRROR" in why
    assert "\n" not in why
    assert not llama.LLM.exists()


def test_another_kind_of_machine_is_a_reason(monkeypatch):
    monkeypatch.setattr(llama.platform, "machine", lambda: "aarch64")
    assert "x86-64" in llama.missing()


def test_suites_of_the_packages_are_those_that_apt_reads():
    assert llama.PACKAGES.suites == ["sid"]
    assert debian.ODOO_PACKAGES.suites == ["bookworm", "sid"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [({}, "{folder}/model.gguf"), ({"LLAMA_ARG_MODEL": "/a"}, "/a")],
)
def test_the_server_runs_with_its_own_loader_and_our_model(tmp_path, chosen, expected):
    folder = tmp_path / "with a blank"
    loader = folder / "root/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
    loader.parent.mkdir(parents=True)
    loader.write_text('#!/bin/sh\necho "$LLAMA_ARG_MODEL"; echo "$@"\n')
    server = folder / "llama-server"
    server.write_text(llama.LAUNCHER)
    for file in (loader, server):
        file.chmod(0o755)
    done = subprocess.run(
        [server, "--port", "1"],
        env={"PATH": os.environ["PATH"], **chosen},
        capture_output=True,
        text=True,
        check=True,
    )
    used, words = done.stdout.splitlines()
    assert used == expected.format(folder=folder)
    program = folder / "root" / "usr/bin/llama-server"
    assert words.endswith(f"{program} --offline --port 1")


def test_all_tests_are_those_with_a_real_model_too():
    assert f"{llama.TAG}/{testing.MODULE}" in test.TAGS.split(",")
