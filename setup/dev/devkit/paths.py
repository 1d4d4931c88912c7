"""The folders. Everything that is fetched or made is below `.dev/`."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
CI = ROOT / "setup" / "ci"
SCRIPTS = HERE / "scripts"
LAUNCHER = SCRIPTS / "odoo_launcher.py"
REQUIREMENTS_ODOO = HERE / "requirements-odoo.txt"
REQUIREMENTS = HERE / "requirements.txt"
REQUIREMENTS_ADDONS = ROOT / "requirements.txt"  # written from their manifests
REQUIREMENTS_TOOLS = HERE / "requirements-tools.txt"
ADDONS = ("blog_ai_generator", "blog_ai_generator_tests")

DEV = ROOT / ".dev"
BIN = DEV / "bin"  # first on the PATH
LOGS = DEV / "log"
VENV = DEV / "venv"
PYTHON = VENV / "bin" / "python"
TOOLS = DEV / "tools"
WHEELS = DEV / "wheels"
ODOO = DEV / "odoo"
ODOO_CONF = DEV / "odoo.conf"
ODOO_DATA = DEV / "data"
EMAILS = DEV / "emails"  # emails that the site of `make run` has sent
NODE = DEV / "node"
LLM = DEV / "llm"
POSTGRES = DEV / "pg"


def shown(path: Path) -> str:
    """Return `path` as a person in the checkout would type it."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def put(path: Path, text: str, executable: bool = False) -> None:
    """Write a file that other commands may be reading: at once, or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(text)
    if executable:
        unfinished.chmod(0o755)
    unfinished.replace(path)
