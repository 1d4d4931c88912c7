"""The virtual environment in `.dev/venv`: Odoo's Python with our packages."""

from hashlib import sha256
from pathlib import Path

from .odoo import Odoo
from .paths import REQUIREMENTS, REQUIREMENTS_ODOO, VENV
from .steps import call, step

# A parent's packages come after ours, those of its own .pth files included.
PTH = "import site; list(map(site.addsitedir, {folders!r}))\n"


def ensure(odoo: Odoo) -> None:
    files = [REQUIREMENTS] if odoo.parent_sites else [REQUIREMENTS_ODOO, REQUIREMENTS]
    made_for = VENV / "made-for"
    wanted = fingerprint(odoo, files)
    if made_for.is_file() and made_for.read_text() == wanted:
        return
    with step("Python packages"):
        create(odoo, VENV)
        install(VENV, *files)
        made_for.write_text(wanted)


def fingerprint(odoo: Odoo, files: list[Path]) -> str:
    """Return a hash of all that the environment is made from."""
    parts = [odoo.python, str(odoo.folder), *(file.read_text() for file in files)]
    return sha256("\0".join(parts).encode()).hexdigest()


def create(odoo: Odoo, venv: Path) -> None:
    parent = ["--system-site-packages"] if odoo.parent_sites else []
    make(odoo.python, venv, *parent)
    (site,) = venv.glob("lib/python*/site-packages")
    folders = [*odoo.parent_sites, str(odoo.folder)]
    (site / "odoo.pth").write_text(PTH.format(folders=folders))


def make(python: str, venv: Path, *options: str) -> None:
    call(
        [python, "-m", "venv", "--clear", *options, venv],
        "python",
        f"{python} cannot make a virtual environment: install python3-venv.",
    )


def install(venv: Path, *files: Path) -> None:
    requirements = [word for file in files for word in ("-r", file)]
    pip = [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    call(
        [*pip, "install", *requirements],
        "python",
        "pip could not install the Python packages: check the network and pip's "
        "settings (PIP_INDEX_URL, PIP_CERT, HTTPS_PROXY), then try again.",
    )
