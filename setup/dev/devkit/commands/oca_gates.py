"""Run the gates of OCA's template for 19.0 on our addons: … oca-gates TEMPLATE.

They are as strict as in an OCA repository: its configuration is rendered beside a copy
of the addons and used unmodified, with the versions that it pins. `make lint` runs our
own configuration instead, which must not be more lenient.

The gates are ruff, ruff-format, eslint (errors only), prettier, oca-checks-odoo-module
and pylint-odoo. Left out are the template's small hooks, such as that for white space,
and its generator of README.rst, instead of which there is `make readme`.

The template is on no package registry. Without network access to GitHub, give the
folder of a checkout.
"""

import re
import shutil

from .. import node, python, tools
from ..paths import ADDONS, BIN, DEV, ROOT
from ..steps import Missing, call, captured, say, step
from ..workspace import prepare_tools

TEMPLATE = "https://github.com/OCA/oca-addons-repo-template.git"
FOLDER = DEV / "oca-gates"
VENV, REPOSITORY = FOLDER / "venv", FOLDER / "repository"
ANSWERS = {
    "odoo_version": "19.0",
    "org_name": "Odoo Community Association (OCA)",
    "org_slug": "OCA",
    "repo_slug": "website",
    "repo_name": "website",
    "repo_description": "website",
    "use_ruff": "true",
}
# The PyPI package of a hook's repository.
PACKAGES = {
    "ruff-pre-commit": "ruff",
    "pylint-odoo": "pylint-odoo",
    "odoo-pre-commit-hooks": "oca-odoo-pre-commit-hooks",
}
PINNED = re.compile(r"^ +- repo: \S+/(?P<name>\S+)\n +rev: v?(?P<version>\S+)$", re.M)
NPM = re.compile(r'^ +- "(?P<package>@?[^"@]+@[\d.]+)"$', re.M)
# Files of an addon that its hook for prettier leaves out.
NOT_PRETTY = re.compile(r"static/description/index\.html$|readme/.*\.(rst|md)$|^setup/")
PRETTY = re.compile(r"\.(css|html|js|json|md|scss|toml|ts|xml|yaml|yml)$")


def run(template: str = "") -> int:
    """Run every gate, also after one has found something; 1 if any has."""
    prepare_tools()
    with step("OCA's template"):
        render(template or TEMPLATE)
    with step("The versions that it pins"):
        config = (REPOSITORY / ".pre-commit-config.yaml").read_text()
        install(config)
    return max(passes(name, command) for name, command in gates().items())


def render(template: str) -> None:
    """Make a repository of the template, with a copy of the addons in it.

    :raise Missing: the template could not be read
    """
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    python.make(str(tools.tool("python")), VENV)
    pip("copier==9.10.2")
    answers = [word for pair in ANSWERS.items() for word in ("-d", "=".join(pair))]
    copier = [VENV / "bin" / "copier", "copy", "--trust", "--defaults"]
    call(
        [*copier, "--vcs-ref", "HEAD", *answers, template, REPOSITORY],
        "oca-gates",
        f"{template} could not be rendered: check the network, or give the folder of a "
        "checkout of OCA's oca-addons-repo-template: setup/dev/dev oca-gates FOLDER",
    )
    for path in ours():
        target = REPOSITORY / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target)


def ours() -> list[str]:
    listed = captured(["git", "ls-files", *ADDONS, ".prettierignore"], cwd=ROOT)
    if listed.returncode:
        raise Missing(f"git could not list the files: {listed.stderr.strip()}")
    return [path for path in listed.stdout.split("\n") if path]


def install(config: str) -> None:
    pins = {found["name"]: found["version"] for found in PINNED.finditer(config)}
    pip(*(f"{package}=={pins[name]}" for name, package in PACKAGES.items()))
    packages = [found["package"] for found in NPM.finditer(config)]
    script = node.package() / "lib/node_modules/npm/bin/npm-cli.js"
    npm = [BIN / "node", script, "install", "--no-save", "--no-audit"]
    call(
        [*npm, "--prefix", FOLDER, *packages],
        "oca-gates",
        "npm could not install the packages: check the network and npm's settings.",
        env=tools.variables(),
    )


def pip(*packages: str) -> None:
    call(
        [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", *packages],
        "oca-gates",
        "pip could not install the packages: check the network and pip's settings.",
    )


def gates() -> dict[str, list]:
    paths = [path for path in ours() if path.startswith("blog_ai")]
    scripts = [path for path in paths if path.endswith(".js")]
    modules = [path for path in paths if path.endswith(".py")]
    pretty = [it for it in paths if PRETTY.search(it) and not NOT_PRETTY.search(it)]
    binaries = FOLDER / "node_modules" / ".bin"
    return {
        "ruff": [VENV / "bin" / "ruff", "check", *ADDONS],
        "ruff-format": [VENV / "bin" / "ruff", "format", "--check", *ADDONS],
        "eslint": [binaries / "eslint", "--quiet", *scripts],
        "prettier": [
            binaries / "prettier", "--list-different", "--ignore-unknown", *pretty,
        ],
        "oca-checks-odoo-module": [VENV / "bin" / "oca-checks-odoo-module", *ADDONS],
        "pylint_odoo": [
            VENV / "bin" / "pylint", "--rcfile=.pylintrc-mandatory", *modules,
        ],
    }  # fmt: skip


def passes(name: str, command: list) -> int:
    with step(name):
        path = {"NODE_PATH": str(FOLDER / "node_modules")}
        done = captured(command, cwd=REPOSITORY, env={**tools.variables(), **path})
    if done.returncode:
        say(done.stdout + done.stderr)
    return int(done.returncode != 0)
