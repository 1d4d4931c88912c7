"""The packages that `make bench` compares the pump with, in a folder of their own."""

import shutil
from pathlib import Path

from .paths import DEV, HERE, PYTHON
from .steps import Missing, call, say, step

REQUIREMENTS = HERE / "requirements-alternatives.txt"
FOLDER = DEV / "alternatives"
ADDON = Path("odoo") / "addons" / "queue_job"


def variables() -> dict[str, str]:
    """Return `LIVE_QUEUE_JOB`, the addon's folder; nothing if it cannot be fetched."""
    try:
        ensure()
    except Missing as problem:
        say(f"!  Without queue_job: {problem}")
        return {}
    return {"LIVE_QUEUE_JOB": str(FOLDER)}


def ensure() -> None:
    made_for = FOLDER / "made-for"
    wanted = REQUIREMENTS.read_text()
    if made_for.is_file() and made_for.read_text() == wanted:
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    with step("queue_job, to compare with"):
        # Leave out its dependencies: one of them is Odoo itself, under a name that is
        # on no registry.
        call(
            [PYTHON, "-m", "pip", "install", "--disable-pip-version-check",
             "--no-deps", "--target", FOLDER, "-r", REQUIREMENTS],
            "alternatives",
            "pip could not install it: check the network and pip's settings "
            "(PIP_INDEX_URL, PIP_CERT, HTTPS_PROXY), then try again.",
        )  # fmt: skip
        made_for.write_text(wanted)
