"""What `make bench` compares the pump with, apart from the tested environment."""

import shutil
from pathlib import Path

from .paths import DEV, HERE, PYTHON
from .steps import Missing, call, say, step

REQUIREMENTS = HERE / "requirements-alternatives.txt"
FOLDER = DEV / "alternatives"
ADDON = Path("odoo") / "addons" / "queue_job"


def variables() -> dict[str, str]:
    """`LIVE_QUEUE_JOB`, a folder with the addon; nothing where it can't be fetched."""
    try:
        ensure()
    except Missing as problem:
        say(f"!  Without queue_job: {problem}")
        return {}
    return {"LIVE_QUEUE_JOB": str(FOLDER)}


def ensure() -> None:
    """Install what is pinned, unless it is there.

    :raise Missing: it could not be fetched
    """
    made_for = FOLDER / "made-for"
    wanted = REQUIREMENTS.read_text()
    if made_for.is_file() and made_for.read_text() == wanted:
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    with step("queue_job, to compare with"):
        # Without dependencies: Odoo itself, by a name that is on no registry, is one.
        call(
            [PYTHON, "-m", "pip", "install", "--disable-pip-version-check",
             "--no-deps", "--target", FOLDER, "-r", REQUIREMENTS],
            "alternatives",
            "pip could not install it: check the network and pip's settings "
            "(PIP_INDEX_URL, PIP_CERT, HTTPS_PROXY), then try again.",
        )  # fmt: skip
        made_for.write_text(wanted)
