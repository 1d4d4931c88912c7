"""Change llm/ in small ways, to see whether a test notices; ONLY=pump: the pump.

A seeded sample of all changes is tried: COUNT=… is its size, SEED=… another sample.
AGAIN=1 tries those that no test noticed in the published sample.
"""

import json
import os
from pathlib import Path

from .. import databases, mutants, tools, workspace
from ..locks import locked
from ..odoo import Odoo
from ..paths import ADDONS, DEV, HERE, PYTHON, ROOT, SCRIPTS
from ..postgres import Server
from ..steps import Missing, call, parts, say, step
from ..workspace import foreground

VENV = DEV / "mutants-venv"
REQUIREMENTS = HERE / "requirements-mutants.txt"
RESULTS = DEV / "mutants"


def run() -> int:
    """Try the mutants, and publish a full sample.

    :return: 1 if tests notice too few, or if one that survived has no reason
    :raise Missing: ONLY names no part
    """
    names = parts(mutants.PARTS, ["llm"])
    with workspace.opened() as (odoo, server), locked("mutants"):
        tools.environment(VENV, REQUIREMENTS, "Packages that change code (10 MB)")
        answers = {name: tried(odoo, server, name) for name in names}
    for line in (missed := judged(answers)):
        say(f"!  {line}")
    return int(bool(missed))


def judged(answers: dict[str, dict]) -> list[str]:
    if is_again():
        lines = [mutants.publish_again(name, it) for name, it in answers.items()]
    else:
        if not os.environ.get("COUNT"):
            mutants.publish(answers, seed())
        lines = [mutants.judged(name, it) for name, it in answers.items()]
    return [line for found in lines for line in found]


def is_again() -> bool:
    return bool(os.environ.get("AGAIN"))


def seed() -> str:
    return os.environ.get("SEED") or "17"


def tried(odoo: Odoo, server: Server, name: str) -> dict:
    part = mutants.PARTS[name]
    RESULTS.mkdir(parents=True, exist_ok=True)
    chosen, results = RESULTS / f"{name}-chosen.json", RESULTS / f"{name}.json"
    results.unlink(missing_ok=True)
    if is_again():
        left = mutants.survivors(name)
        answer = {"files": part.files(), "places": 0, "mutants": left}
        chosen.write_text(json.dumps(answer))
    else:
        choose(name, chosen)
    with step(f"Mutants of {name}: try them"):
        database = prepared(odoo, server) if part.database else ""
        attempt(server, name, database, chosen, results)
    return json.loads(results.read_text())


def choose(name: str, chosen: Path) -> None:
    part = mutants.PARTS[name]
    count = os.environ.get("COUNT") or str(part.count)
    with step(f"Mutants of {name}: choose {count}"):
        call(
            [VENV / "bin" / "python", SCRIPTS / "mutants_list.py", ROOT, seed(), count,
             chosen, *part.files()],
            "mutants",
            "cosmic-ray could not list the mutants.",
        )  # fmt: skip


def attempt(
    server: Server, name: str, database: str, chosen: Path, results: Path
) -> None:
    command = [
        str(PYTHON), str(SCRIPTS / "mutants.py"), name, database, str(chosen),
        str(results),
    ]  # fmt: skip
    code = foreground(command, server)
    if code or not results.exists():
        raise Missing(f"The mutants of {name} were not tried: exit code {code}.")


def prepared(odoo: Odoo, server: Server) -> str:
    """Make a database with both addons, and a clean one that it is copied from."""
    name = f"{server.prefix}_mutants"
    clean = f"{name}_clean"
    for stale in (name, clean):
        databases.drop(server, stale)
    databases.create(server, clean, databases.template(odoo, server))
    databases.load(server, clean, "-i", ADDONS[1])
    databases.create(server, name, clean)
    return name
