"""Write README.rst and static/description/index.html of addons from their fragments.

usage: readme.py [--check] ADDON…

With --check nothing is written, and it fails if a file would change. OCA's own
generator adds links to a GitHub organization and images from other hosts. This one uses
only files of the checkout, so that the result reads the same anywhere.
"""

import argparse
import ast
import html
import sys
from pathlib import Path

import pypandoc
from docutils.core import publish_parts

# OCA's fragments in the order of OCA's README.
SECTIONS = {
    "CONTEXT": "Use cases and context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues and roadmap",
    "DEVELOP": "Development",
    "HISTORY": "Changelog",
    "CONTRIBUTORS": "Contributors",
}
NOTE = "Generated from the manifest and readme/ by `make readme`."
# Paths are relative to readme/ in a fragment, to the addon in README.rst, and to the
# folder of the pictures in index.html.
PICTURES = "static/description/"
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>img {{ max-width: 100%; }}</style>
</head>
<body>
<h1>{title}</h1>
{body}</body>
</html>
"""


def readme(addon: Path) -> str:
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    title = manifest["name"]
    rule = "=" * len(title)
    facts = (
        f":Version: {manifest['version']}\n"
        f":Status: {manifest['development_status']}\n"
        f":Licence: {manifest['license']}"
    )
    authors = "\n".join(f"- {name}" for name in manifest["author"].split(", "))
    parts = [f".. {NOTE}", f"{rule}\n{title}\n{rule}", facts]
    parts += [fragment(addon, "DESCRIPTION"), ".. contents::\n   :local:"]
    for name, heading in SECTIONS.items():
        if text := fragment(addon, name):
            parts += [section(heading), text]
    parts += [section("Authors"), authors]
    return "\n\n".join(parts) + "\n"


def section(heading: str) -> str:
    return f"{heading}\n{'=' * len(heading)}"


def fragment(addon: Path, name: str) -> str:
    """Return a fragment in reStructuredText; its headings are of the second level."""
    path = addon / "readme" / f"{name}.md"
    if not path.is_file():
        return ""
    text = pypandoc.convert_text(
        path.read_text().replace(f"../{PICTURES}", PICTURES),
        "rst",
        format="markdown-auto_identifiers-smart",
        extra_args=["--columns=88"],
    )
    return text.replace("\r\n", "\n").strip()


def page(text: str) -> str:
    """Return the page that Odoo shows of an addon, from its README."""
    settings = {
        "halt_level": 2,  # a warning is an error
        "report_level": 2,
        "initial_header_level": 2,
        "embed_stylesheet": False,
        "file_insertion_enabled": False,
        "raw_enabled": False,
    }
    parts = publish_parts(
        text.replace(PICTURES, ""), writer="html5", settings_overrides=settings
    )
    title = html.escape(parts["title"])
    body = parts["docinfo"] + parts["fragment"]
    return PAGE.format(title=title, body=body)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("addons", nargs="+", type=Path)
    arguments = parser.parse_args()
    stale = []
    for addon in arguments.addons:
        text = readme(addon)
        wanted = {"README.rst": text, f"{PICTURES}index.html": page(text)}
        for name, content in wanted.items():
            path = addon / name
            if path.is_file() and path.read_text() == content:
                continue
            stale.append(str(path))
            if not arguments.check:
                path.write_text(content)
    if arguments.check and stale:
        sys.exit(f"Out of date, run `make readme`: {', '.join(stale)}")


if __name__ == "__main__":
    main()
