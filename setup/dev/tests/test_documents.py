"""The documents are short, and name only what exists."""

import ast
import re
from pathlib import Path

import pytest
from devkit import cli
from devkit.paths import ADDONS, ROOT

DEVELOP = [
    path
    for addon in ADDONS
    if (path := ROOT / addon / "readme" / "DEVELOP.md").is_file()
]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "findings" / "README.md"]
CLASS = re.compile(r"^class (\w+).*?(?=^class |\Z)", re.MULTILINE | re.DOTALL)
# A folder, or a file of a kind that the repository has.
KINDS = "py|js|json|xml|md|svg"
PATH = re.compile(rf"`((?:[\w.]+/)*[\w.]+/|(?:[\w.-]+/)*\w+\.(?:{KINDS}))`")


# Pages for users, which quote labels as *Label* or *Menu ▸ Item*.
GUIDES = [
    ROOT / "blog_ai_generator" / "readme" / name
    for name in ("DESCRIPTION.md", "CONFIGURE.md", "USAGE.md")
]
LABEL = re.compile(r"(?<![*\w])\*([^*`]+)\*(?![*\w])")
# Labels of Odoo, OCA and Google, and words that are stressed.
OTHERS = frozenset(
    "API Keys|Blogs|Configuration|Digest Emails|Export|General Settings|Integrations"
    "|My Preferences|Performance|Reporting|Reset Template|Security|Settings|Social"
    "|Statistics|/doc|on hold|voice".split("|")
)


def known_labels() -> set[str]:
    """Return the terms of the interface, and the names of what the addon creates."""
    addon = ROOT / "blog_ai_generator"
    pot = (addon / "i18n" / "blog_ai_generator.pot").read_text("utf-8")
    terms = re.findall(r'^msgid ((?:".*"\n)+)', pot, re.MULTILINE)
    texts = ("".join(map(ast.literal_eval, term.splitlines())) for term in terms)
    # A label that is followed by a number ends with a colon.
    found = {re.sub(r"<[^>]*>", "", text).strip(" \n:") for text in texts}
    for file in (addon / "data").glob("*.xml"):
        found |= {*re.findall(r'"name">([^<]+)<', file.read_text("utf-8"))}
    return found


def known_tests() -> set[str]:
    found = set()
    for addon in ADDONS:
        for file in (ROOT / addon / "tests").glob("test_*.py"):
            for body in CLASS.finditer(file.read_text("utf-8")):
                names = re.findall(r"^    def (test_\w+)", body[0], re.MULTILINE)
                found |= {f"{body[1]}.{name}" for name in names}
    return found


def missing_paths(text: str, *folders: Path) -> list[str]:
    """Return the paths in ``text`` that lead nowhere; a bare name may be anywhere."""
    named = {name for name in PATH.findall(text) if "NAME" not in name}
    return sorted(
        name
        for name in named
        if not any((at / name).exists() for at in folders)
        and ("/" in name or not any(folders[0].rglob(name)))
    )


def test_the_readme_is_read_in_a_few_minutes():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 90


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_labels_quoted_for_users_exist(page):
    quoted = " ▸ ".join(LABEL.findall(page.read_text("utf-8")))
    labels = {" ".join(label.split()) for label in quoted.split("▸")}
    # The name of a network stands for the dots in the label of its button.
    labels = {label for label in labels if not label.endswith("…")}
    assert sorted(labels - known_labels() - OTHERS) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_that_pages_name_exist(page):
    named = re.findall(r"(?:`|^)make ([a-z][\w-]*)", page.read_text("utf-8"), re.M)
    assert sorted({*named} - {*cli.COMMANDS}) == []


@pytest.mark.parametrize("page", DEVELOP, ids=lambda page: page.parts[-3])
def test_tests_named_for_developers_exist(page):
    named = re.findall(r"`(Test\w+\.test_[a-z]\w+)`", page.read_text("utf-8"))
    assert sorted(set(named) - known_tests()) == []


@pytest.mark.parametrize("page", DEVELOP, ids=lambda page: page.parts[-3])
def test_files_named_for_developers_exist(page):
    text = page.read_text("utf-8")
    assert missing_paths(text, page.parents[1], ROOT) == []


@pytest.mark.parametrize("page", DEVELOP, ids=lambda page: page.parts[-3])
def test_functions_named_with_their_file_are_there(page):
    named = re.findall(r"`(\w+)`\s+in\s+`([\w/]+\.py)`", page.read_text("utf-8"))
    absent = [
        (name, file)
        for name, file in named
        if name not in (page.parents[1] / file).read_text("utf-8")
    ]
    assert absent == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_pages_lead_to_files(page):
    text = page.read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
