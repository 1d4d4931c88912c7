"""Unpack packages of Debian: installing them would install sid's libc, too."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .steps import Missing, call, captured, step

# Debian's Odoo links to files of these packages instead of shipping its own copies. The
# links fit the file names of fonts-font-awesome in bookworm, not those in sid.
SID = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
PACKAGES = (*(f"{name}/sid" for name in SID), "fonts-font-awesome/bookworm")
PYTHON_FOLDER = "usr/lib/python3/dist-packages"
STRIPPED = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
KEYRING = "/usr/share/keyrings/debian-archive-keyring"
# Odoo's texts in all languages are two thirds of its size; our addons speak these.
LANGUAGES = ("de", "es", "fr")
# `dpkg-deb -x` cannot exclude files.
UNPACK = 'dpkg-deb --fsys-tarfile "$1" | tar -xC "$2" --exclude-from="$3"'
HOW = "or set ODOO_BIN to the odoo-bin of an Odoo 19 that you have"


@dataclass(frozen=True)
class Selection:
    """Packages to download, each with its suite: `name/sid`.

    :param what: named in messages
    :param instead: what a person can do where they cannot be had; begins with "or"
    """

    what: str
    packages: tuple[str, ...]
    instead: str
    log: str

    @property
    def suites(self) -> list[str]:
        return sorted({name.partition("/")[2] for name in self.packages})

    def missing(self, problem: str) -> Missing:
        return Missing(f"{problem}, {self.instead}.")


ODOO_PACKAGES = Selection("Odoo 19", PACKAGES, HOW, "odoo")


def fetch_odoo(target: Path) -> None:
    """Download and unpack Odoo 19 into `target`, as any user.

    :raise Missing: no Debian tools, mirror, keyring or network
    """
    with step("Odoo 19 from Debian (130 MB)"):
        work = target.with_name(f"{target.name}.partial")
        shutil.rmtree(work, ignore_errors=True)
        download(work, ODOO_PACKAGES)
        unpack(work, work / "prefix", ODOO_PACKAGES)
        repair(work, work / "prefix")
        shutil.rmtree(target, ignore_errors=True)
        (work / "prefix").rename(target)
        shutil.rmtree(work)


def download(work: Path, selection: Selection) -> None:
    """Download packages into `work`, as any user.

    :raise Missing: no Debian tools, mirror, keyring or network
    """
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        what = selection.what
        raise selection.missing(f"{what} is fetched with apt-get: use Debian")
    for folder in ("lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True)
    failure = selection.missing(
        f"apt has no Debian mirror from which {selection.what} could come: set "
        "DEBIAN_MIRROR to the address of one"
    )
    for mirror in mirrors_here():
        try:
            download_from(mirror, work, selection)
            return
        except Missing as error:
            failure = error
    raise failure


def download_from(mirror: str, work: Path, selection: Selection) -> None:
    sources = [f"{mirror} {suite} main" for suite in selection.suites]
    signed = f"deb [signed-by={keyring(selection)}]"
    (work / "sources.list").write_text("".join(f"{signed} {s}\n" for s in sources))
    apt_get = ["apt-get", *apt_options(work)]
    problem = f"{selection.what} could not be downloaded from Debian: check the network"
    problem = str(selection.missing(problem))
    call([*apt_get, "update"], selection.log, problem)
    packages = selection.packages
    call([*apt_get, "download", *packages], selection.log, problem, cwd=work)


def apt_options(work: Path) -> list[str]:
    """Return options that let apt-get work in `work` alone, without root."""
    settings = {
        "Dir::Etc::sourcelist": work / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work / "cache",
        "APT::Sandbox::User": "root",
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
        "Acquire::Check-Valid-Until": "false",  # an outdated mirror is good enough
        "Acquire::Retries": 2,
    }
    return [f"-o{name}={value}" for name, value in settings.items()]


def keyring(selection: Selection) -> str:
    for ending in (".gpg", ".pgp"):
        if os.path.exists(KEYRING + ending):
            return KEYRING + ending
    problem = "Debian's keys are missing: install debian-archive-keyring"
    raise selection.missing(problem)


def mirrors_here() -> list[str]:
    if chosen := os.environ.get("DEBIAN_MIRROR"):
        return [chosen]
    columns = "$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)"
    listing = captured(
        ["apt-get", "indextargets", "--format", columns, "Created-By: Packages"]
    )
    return debian_mirrors(listing.stdout.splitlines())


def debian_mirrors(targets: Iterable[str]) -> list[str]:
    """Return the mirrors in apt's index targets (address release component origin).

    apt knows the origin of a mirror once it has updated. Origins other than Debian are
    left out; unknown ones come last.
    """
    ranked: dict[str, int] = {}
    for address, release, component, *rest in map(str.split, targets):
        origin = " ".join(rest)
        known = bool(origin) and "$(" not in origin
        if component != "main" or "security" in release:
            continue
        if origin == "Debian" or not known:
            ranked[address] = min(ranked.get(address, 1), int(not known))
    return sorted(ranked, key=ranked.__getitem__)


def unpack(packages: Path, prefix: Path, selection: Selection) -> None:
    prefix.mkdir(parents=True, exist_ok=True)
    excluded = packages / "excluded"
    excluded.write_text("".join(f"{pattern}\n" for pattern in other_languages()))
    for package in sorted(packages.glob("*.deb")):
        problem = f"{package.name} could not be unpacked: is the disk full?"
        command = ["sh", "-c", UNPACK, "sh", package, prefix, excluded]
        call(command, selection.log, problem)


def other_languages() -> list[str]:
    first = "".join(language[0] for language in LANGUAGES)
    patterns = [f"*/i18n/[!{first}]*.po", "*/i18n/*.pot"]
    return patterns + [f"*/i18n/{it[0]}[!{it[1]}]*.po" for it in LANGUAGES]


def repair(packages: Path, prefix: Path) -> None:
    """Repair what Debian's Odoo cannot run with, and note its version."""
    folder = prefix / PYTHON_FOLDER
    for beside in ("addons", "doc", "setup"):  # "addons" has copies without web files
        shutil.rmtree(folder / beside, ignore_errors=True)
    # Debian leaves this script out, which blurs video calls. Without any file, each
    # backend page logs an error in the browser, and each tour fails.
    script = folder / STRIPPED
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text("/* Not in Debian: background blur of video calls. */\n")
    (deb,) = packages.glob("odoo-19_*.deb")
    (prefix / "version").write_text(deb.name.split("_")[1])
