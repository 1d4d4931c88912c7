"""Generate README.rst and index.html of the addons from readme/."""

from .. import checks
from ..workspace import prepare_tools


def run() -> int:
    prepare_tools()
    return checks.run("readme", checks.readme())
