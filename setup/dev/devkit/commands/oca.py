"""Run the steps of OCA's CI, with coverage; TEST_TAGS="…" selects tests."""

import os

from ..paths import CI
from ..processes import free_port
from ..workspace import prepare_tools
from . import env


def run() -> int:
    prepare_tools()
    os.environ.setdefault("HTTP_PORT", str(free_port()))
    return env.run(str(CI / "oca_tests"))
