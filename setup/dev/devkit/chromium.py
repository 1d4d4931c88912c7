"""Chromium for the tours, behind a wrapper that Odoo finds first on the PATH."""

import os
import shlex
import shutil

from .paths import BIN, put

# The names that Odoo looks for, and Debian's small package without windows.
NAMES = (
    "google-chrome",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "chromium-headless-shell",
)
# Names the folder of a cache that browsers share, each with a new profile: Odoo opens
# one for each tour.
CACHE = "BROWSER_CACHE"
# The flag keeps the renderer of Chromium 156 alive when a tour clicks a link in the
# website preview. A tour whose renderer dies never gets to its next step. Older
# versions ignore the flag.
#
# The linked folders keep the scripts of a page compiled, which takes longer than all
# else when a page is opened. No option names the place: `--disk-cache-dir` is for
# downloads.
WRAPPER = """#!/bin/sh
if [ -n "${{BROWSER_CACHE-}}" ]; then
    for word; do
        case $word in
        --user-data-dir=*)
            profile=${{word#*=}}/Default
            mkdir -p "$profile" "$BROWSER_CACHE/Cache" "$BROWSER_CACHE/Code Cache"
            ln -s "$BROWSER_CACHE/Cache" "$BROWSER_CACHE/Code Cache" "$profile"
            ;;
        esac
    done
fi
exec {browser} --disable-blink-features=ClearCrossOriginRelatedTarget "$@"
"""


def find() -> str | None:
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    path = os.pathsep.join(folder for folder in folders if folder != str(BIN))
    return next(filter(None, (shutil.which(name, path=path) for name in NAMES)), None)


def missing_packages() -> list[str]:
    return [] if find() else ["chromium-headless-shell", "fonts-liberation"]


def wrap() -> None:
    BIN.mkdir(parents=True, exist_ok=True)
    put(
        BIN / "google-chrome",
        WRAPPER.format(browser=shlex.quote(find())),
        executable=True,
    )
