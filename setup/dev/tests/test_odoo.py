"""Finding Odoo, and Debian's mirror to fetch it from."""

from pathlib import Path

import pytest
from devkit import databases, debian, odoo, steps
from devkit.debian import debian_mirrors
from devkit.steps import Missing

MIRROR = "http://mirror.example/debian/"


def test_only_debians_own_main_archive_is_a_mirror():
    targets = [
        "http://security.example/ stable-security main Debian",
        "http://node.example/ nodistro main . nodistro",
        "http://other.example/ stable contrib Debian",
        f"{MIRROR} stable main Debian",
        f"{MIRROR} stable-updates main Debian",
    ]
    assert debian_mirrors(targets) == [MIRROR]


def test_a_mirror_of_unknown_origin_comes_after_those_known():
    unknown = [
        "http://new.example/ stable main $(ORIGIN)",
        "http://b.example/ sid main",
    ]
    assert debian_mirrors(unknown) == ["http://new.example/", "http://b.example/"]
    known = f"{MIRROR} stable main Debian"
    assert debian_mirrors([*unknown, known])[0] == MIRROR


@pytest.mark.parametrize(
    ("first_line", "expected"),
    [
        ("#!/usr/bin/env python3", "python3"),
        ("#!/opt/odoo/bin/python3.12", "/opt/odoo/bin/python3.12"),
        ("#! /usr/bin/python3 -s", "/usr/bin/python3"),
        ("#!/bin/sh", "python3"),
        ("", "python3"),
    ],
)
def test_the_python_of_a_script_is_in_its_first_line(tmp_path, first_line, expected):
    script = tmp_path / "odoo-bin"
    script.write_text(f"{first_line}\nimport odoo\n")
    assert odoo.interpreter(script) == expected


def make_odoo(folder: Path, series: str) -> str:
    package = folder / "odoo"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "release.py").write_text(f"series = version = {series!r}\n")
    (folder / "odoo-bin").write_text("#!/usr/bin/env python3\n")
    return str(folder / "odoo-bin")


def test_an_odoo_19_that_is_there_is_used_with_its_own_python(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_BIN", make_odoo(tmp_path, "19.0"))
    found = odoo.plan()
    assert found.folder == tmp_path
    assert found.version.startswith("19.0")
    assert found.parent_sites


@pytest.mark.parametrize("series", ["18.0", None], ids=["older", "none"])
def test_another_version_or_none_is_refused_in_one_sentence(
    tmp_path, monkeypatch, series
):
    path = make_odoo(tmp_path, series) if series else str(tmp_path / "absent")
    monkeypatch.setenv("ODOO_BIN", path)
    with pytest.raises(Missing, match="odoo-bin") as caught:
        odoo.plan()
    assert "\n" not in str(caught.value)


def test_the_template_changes_with_odoo_and_with_the_dependencies():
    first = odoo.Odoo("python3", "19.0-1", Path("/odoo"))
    newer = odoo.Odoo("python3", "19.0-2", Path("/odoo"))
    keys = {
        databases.template_key(first, ["website_blog"]),
        databases.template_key(newer, ["website_blog"]),
        databases.template_key(first, ["mail", "website_blog"]),
    }
    assert len(keys) == 3
    assert databases.template_key(first, ["website_blog"]) in keys


def test_our_own_addons_are_not_in_the_template():
    assert not {"blog_ai_generator", "blog_ai_generator_tests"} & {
        *databases.dependencies()
    }


def test_other_languages_are_left_out_of_a_package(tmp_path):
    """The patterns are tar's: its star matches slashes, too."""
    kept = ["i18n/de.po", "i18n/fr_BE.po", "i18n/es_419.po", "models/nl.po", "i18n/nl"]
    left_out = ["i18n/nl.po", "i18n/da.po", "i18n/fi.po", "i18n/et.po", "i18n/sale.pot"]
    for name in (*kept, *left_out):
        file = tmp_path / "from" / "addons" / "sale" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    excluded = tmp_path / "excluded"
    excluded.write_text("\n".join(debian.other_languages()))
    archive = tmp_path / "all.tar"
    command = ["tar", "-cf", archive, "-C", tmp_path / "from", "./addons"]
    assert not steps.captured(command).returncode
    target = tmp_path / "to"
    target.mkdir()
    command = ["tar", "-xf", archive, "-C", target, f"--exclude-from={excluded}"]
    assert not steps.captured(command).returncode
    found = [path for path in target.rglob("*") if path.is_file()]
    assert sorted(
        str(it.relative_to(target / "addons/sale")) for it in found
    ) == sorted(kept)
