# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Describe the machine and the versions, without anything that identifies them."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil

ADDON = Path(__file__).resolve().parents[1]


def machine() -> dict:
    return {
        "processor": processor(),
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.platform(aliased=True, terse=True),
        # Load of other programs: more than a few tenths spoil latencies.
        "load_before": round(os.getloadavg()[0], 2),
    }


def processor() -> str:
    with open("/proc/cpuinfo") as lines:
        for line in lines:
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.machine()


def versions(server) -> dict:
    ((postgres,),) = server.sql("SHOW server_version")
    modules = server.sql(
        "SELECT latest_version FROM ir_module_module WHERE name IN %s ORDER BY name",
        ("base", "blog_ai_generator"),
    )
    return {
        "odoo": modules[0][0],
        "blog_ai_generator": modules[1][0],
        "python": platform.python_version(),
        "postgresql": postgres.split()[0],
        "psycopg2": version("psycopg2-binary"),
    }


def commit() -> str | None:
    """Return the measured commit, followed by a plus sign if files were changed."""
    if not shutil.which("git"):
        return None
    head = git("rev-parse", "--short=12", "HEAD")
    changed = git("status", "--porcelain", "--untracked-files=no", "--", "*.py")
    return head and head + "+" * bool(changed)


def git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ADDON, capture_output=True, text=True, check=False
    ).stdout.strip()
