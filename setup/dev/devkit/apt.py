"""Debian's packages: installed where apt-get is allowed, asked for where not."""

import os
import shutil

from .steps import Missing, call, step

# The extra setting keeps Debian's PostgreSQL from starting a server of its own.
INSTALL = """
set -e
trap '' TERM  # half an installation is worse than to wait for it
folder=/etc/postgresql-common/createcluster.d
mkdir -p $folder
trap 'rm -f $folder/zz-blog-ai.conf' EXIT
echo 'create_main_cluster = false' >$folder/zz-blog-ai.conf
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
"""


def install(packages: list[str]) -> None:
    """Install Debian `packages`, as root or by sudo.

    :raise Missing: without apt-get, the right to use it, or a network
    """
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Missing(f"Missing here: {names}. Install their like, then try again.")
    by_hand = f"run 'apt-get install {names}' as root, then try again"
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and not shutil.which("sudo"):
        raise Missing(f"Missing here: {names}. As you are not root, {by_hand}.")
    problem = f"apt-get could not install {names}: check the network, or {by_hand}."
    with step(f"apt-get install {names}"):
        if not os.environ.get("DEVKIT_APT_FRESH"):  # dev has not just done it
            call([*sudo, "apt-get", "update"], "apt", problem)
        call([*sudo, "sh", "-c", INSTALL, "sh", *packages], "apt", problem)
