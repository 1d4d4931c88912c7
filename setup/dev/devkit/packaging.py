"""Files of packaging that are derived from the addons' manifests."""

import ast

from .paths import ADDONS, REQUIREMENTS_ADDONS, ROOT

METAPACKAGE = ROOT / "setup" / "_metapackage"


def manifest(addon: str) -> dict:
    return ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())


def requirements() -> str:
    names: set[str] = set()
    for addon in ADDONS:
        needed = manifest(addon).get("external_dependencies", {})
        names.update(needed.get("python", []))
    lines = ["# generated from manifests external_dependencies", *sorted(names)]
    return "\n".join(lines) + "\n"


def write_requirements() -> None:
    REQUIREMENTS_ADDONS.write_text(requirements())
