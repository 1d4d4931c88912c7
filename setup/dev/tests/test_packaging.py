"""The files of packaging say the same as the manifests."""

import re

from devkit import packaging
from devkit.paths import ADDONS


def test_the_metapackage_has_every_addon():
    text = (packaging.METAPACKAGE / "pyproject.toml").read_text()
    assert set(re.findall(r"odoo-addon-(\w+)==19\.0", text)) == set(ADDONS)


def test_requirements_are_those_of_all_manifests(monkeypatch):
    manifests = {
        "one": {"external_dependencies": {"python": ["regex", "lxml"], "bin": ["sh"]}},
        "two": {"external_dependencies": {"python": ["regex"]}},
        "three": {},
    }
    monkeypatch.setattr(packaging, "ADDONS", manifests)
    monkeypatch.setattr(packaging, "manifest", manifests.get)
    header, *names = packaging.requirements().splitlines()
    assert header.startswith("# generated")
    assert names == ["lxml", "regex"]
