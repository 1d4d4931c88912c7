"""Move readme/newsfragments of the addons to their readme/HISTORY.md."""

from pathlib import Path

from ..packaging import manifest
from ..paths import ADDONS, HERE, ROOT
from ..steps import call, step
from ..tools import tool
from ..workspace import prepare_tools

TOWNCRIER = HERE / "towncrier.toml"


def run() -> int:
    prepare_tools()
    for addon in filter(fragments, ADDONS):
        version = manifest(addon)["version"]
        with step(f"History of {addon} {version}"):
            call(
                [tool("towncrier"), "build", "--yes", "--config", TOWNCRIER,
                 "--dir", ROOT / addon, "--version", version],
                "history",
                f"The news of {addon} could not be collected.",
            )  # fmt: skip
    return 0


def fragments(addon: str) -> list[Path]:
    return list((ROOT / addon / "readme" / "newsfragments").glob("*.md"))
