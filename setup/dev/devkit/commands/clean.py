"""Remove everything that was fetched or made, including the site's database."""

import shutil

from .. import postgres, site
from ..paths import DEV
from ..steps import Missing


def run() -> int:
    if url := site.served_at():
        raise Missing(f"The site is running at {url}: stop it first, with Ctrl-C.")
    postgres.remove()
    shutil.rmtree(DEV, ignore_errors=True)
    return 0
