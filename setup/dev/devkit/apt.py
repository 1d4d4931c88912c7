"""Install Debian's packages, or ask for them where apt-get may not be used."""

import os
import re
import shutil

from .steps import Missing, call, captured, say, step

# The extra file keeps Debian's PostgreSQL from starting a server of its own.
INSTALL = """
set -e
trap '' TERM  # an interrupted installation is worse than a wait
folder=/etc/postgresql-common/createcluster.d
mkdir -p $folder
trap 'rm -f $folder/zz-blog-ai.conf' EXIT
echo 'create_main_cluster = false' >$folder/zz-blog-ai.conf
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
"""


def check(packages: list[str]) -> None:
    """Raise `Missing` with what a person has to install, if apt-get may not."""
    if packages and not shutil.which("apt-get"):
        names = " ".join(packages)
        raise Missing(f"Missing here: {names}. Install these or their equivalents.")
    if packages and os.geteuid() and not shutil.which("sudo"):
        raise Missing(f"You are not root here: first {by_hand(packages)}.")


def provide(*commands: str) -> None:
    """Install the packages of the same names for commands that are missing."""
    missing = [name for name in commands if not shutil.which(name)]
    check(missing)
    if missing:
        install(missing)


def by_hand(packages: list[str]) -> str:
    return f"run 'apt-get install {' '.join(packages)}' as root"


def install(packages: list[str]) -> None:
    sudo = ["sudo"] if os.geteuid() else []
    problem = f"apt-get failed: check the network, or {by_hand(packages)}."
    with step(f"apt-get install {' '.join(packages)}"):
        if not os.environ.get("DEVKIT_APT_FRESH"):  # `dev` has just done it
            call([*sudo, "apt-get", "update"], "apt", problem)
        say(f"   {download_size(packages)} to download")
        call([*sudo, "sh", "-c", INSTALL, "sh", *packages], "apt", problem)


def download_size(packages: list[str]) -> str:
    """Return the size of what apt-get would fetch now, such as "18 MB"."""
    command = ["apt-get", "install", "--no-install-recommends", "--print-uris", "-qqy"]
    listed = captured([*command, *packages]).stdout
    sizes = map(int, re.findall(r"^'\S+' \S+ (\d+)", listed, re.MULTILINE))
    return f"{sum(sizes) / 1e6:.0f} MB"
