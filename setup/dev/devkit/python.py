"""The virtual environment in `.dev/venv`: Odoo's Python with our packages."""

from hashlib import sha256
from pathlib import Path

from .odoo import Odoo
from .paths import REQUIREMENTS, REQUIREMENTS_ADDONS, REQUIREMENTS_ODOO, VENV
from .steps import call, step

# A parent's packages come after ours, those of its own .pth files included.
PTH = "import site; list(map(site.addsitedir, {folders!r}))\n"

# Packages that `make run` needs besides: Odoo reads version ranges with `packaging`,
# and `aiosmtpd` catches the emails.
SLIM = ("packaging", "aiosmtpd")


def ensure(odoo: Odoo, tests: bool = True) -> None:
    """Make the environment, or add what it lacks.

    :param tests: False to leave out what only tests need
    """
    files = [] if odoo.parent_sites else [REQUIREMENTS_ODOO]
    complete = fingerprint(odoo, [*files, REQUIREMENTS])
    slim = fingerprint(odoo, [*files, REQUIREMENTS_ADDONS, REQUIREMENTS])
    made_for = VENV / "made-for"
    noted = made_for.read_text() if made_for.is_file() else ""
    if noted == complete or (noted == slim and not tests):
        return
    size = (100 if noted == slim else 160) if tests else 60
    with step(f"Python packages ({size} MB)"):
        if noted != slim:
            create(odoo, VENV)
        if tests:
            install(VENV, *files, REQUIREMENTS)
        else:
            install(VENV, *files, REQUIREMENTS_ADDONS, *SLIM, pins=REQUIREMENTS)
        made_for.write_text(complete if tests else slim)


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
        log(venv),
        f"{python} cannot make a virtual environment: install python3-venv.",
    )


def install(venv: Path, *wanted: Path | str, pins: Path | None = None) -> None:
    """Install packages.

    :param wanted: files of requirements, or names
    :param pins: a file with the versions of packages that are wanted in a range
    """
    requirements = [
        word for it in wanted for word in (("-r", it) if isinstance(it, Path) else [it])
    ]
    constraints = ["-c", pins] if pins else []
    pip = [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    # Python compiles what it imports; pip would compile all that there is.
    call(
        [*pip, "install", "--no-compile", *requirements, *constraints],
        log(venv),
        "pip could not install the Python packages: check the network and pip's "
        "settings (PIP_INDEX_URL, PIP_CERT, HTTPS_PROXY), then try again.",
    )


def log(venv: Path) -> str:
    """Return the name of an environment's log: two may be made at once."""
    return "python" if venv == VENV else f"python-{venv.name}"
