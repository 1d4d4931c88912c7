"""PostgreSQL: the server at PGHOST, or a private cluster for this checkout.

The private cluster listens on a unix socket only, in a folder that nobody else can
enter: no port to collide with, no password, and a path short enough for a socket.
"""

import json
import os
import pwd
import shlex
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .locks import locked, opened, shared, taken
from .paths import DEV, POSTGRES, PYTHON, ROOT, SCRIPTS
from .steps import Missing, call, captured, step

OLDEST = 13
SOCKET_PREFIX = "blog-ai-pg-"
SUPERUSER = "odoo"  # Odoo refuses to work as "postgres"
SETTINGS = {
    "listen_addresses": "",
    # Each Odoo process may open two pools of 64, and tests start a second process.
    "max_connections": 400,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True)
class Server:
    """A database server, and the prefix of this checkout's databases."""

    variables: dict[str, str]  # PGHOST and the like, for every client
    prefix: str


@contextmanager
def serving() -> Iterator[Server]:
    """Provide a server; a private one stops with the last command that uses it."""
    if os.environ.get("PGHOST"):
        checkout = sha256(os.fsencode(ROOT)).hexdigest()[:8]
        yield checked(Server({}, f"blog_ai_{checkout}"))
        return
    with opened("cluster") as users:
        shared(users)
        try:
            with locked("cluster-start"):
                server = checked(Server(private_cluster(), "blog_ai"))
            yield server
        finally:
            if taken(users):
                stop()


def checked(server: Server) -> Server:
    try:
        ((version,),) = sql(server, "SHOW server_version_num")
    except Missing as problem:
        raise Missing(
            "PostgreSQL does not answer: check PGHOST, PGPORT, PGUSER and PGPASSWORD, "
            f"or unset PGHOST to get a private server. It says: {problem}"
        ) from problem
    if int(version) < OLDEST * 10000:
        raise Missing(
            f"The PostgreSQL at PGHOST is too old ({version}): Odoo 19 needs {OLDEST} "
            "or newer; unset PGHOST to get a private server."
        )
    return server


def sql(server: Server, statement: str) -> list[list]:
    """Run `statement` in a transaction of its own; return its rows.

    :raise Missing: with PostgreSQL's own message
    """
    done = captured(
        [PYTHON, SCRIPTS / "sql.py"],
        input=statement,
        env={**os.environ, **server.variables, "PGDATABASE": "postgres"},
    )
    if done.returncode:
        raise Missing(" ".join(done.stderr.split()))
    return json.loads(done.stdout)


def missing_packages() -> list[str]:
    return [] if os.environ.get("PGHOST") or binaries() else ["postgresql"]


def binaries() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(versions, key=lambda place: -float(place.parent.name))
    return next((place for place in places if (place / "postgres").exists()), None)


def private_cluster() -> dict[str, str]:
    """Start this checkout's cluster if need be; return the variables for clients."""
    data = data_folder()
    if not data.exists():
        with step("PostgreSQL: a private cluster"):
            initialize(data)
    folder = socket_folder(data) or start(data)
    return {"PGHOST": folder, "PGPORT": "5432", "PGUSER": SUPERUSER}


def data_folder() -> Path:
    """Return the cluster's folder; each major version of PostgreSQL has its own."""
    version = captured([binaries() / "postgres", "--version"]).stdout
    return home() / f"data-{version.split()[2].split('.')[0]}"


def home() -> Path:
    """Return `.dev/pg`, or a folder elsewhere if the server's account cannot reach it.

    PostgreSQL refuses to run as root, and a checkout below `/root` is closed to others.
    """
    if not POSTGRES.exists():
        POSTGRES.unlink(missing_ok=True)  # a link whose target is gone
        way = [DEV, *DEV.parents]
        if os.geteuid() or all(folder.stat().st_mode & 1 for folder in way):
            POSTGRES.mkdir()
        else:
            POSTGRES.symlink_to(tempfile.mkdtemp(prefix="blog-ai-", dir="/var/tmp"))
        own(POSTGRES)
    return POSTGRES.resolve()


def own(folder: Path) -> None:
    folder.chmod(0o700)
    if account := other_account():
        shutil.chown(folder, account["user"], account["group"])


def other_account() -> dict:
    """Return, for root, the account that runs the server, as options of `subprocess`.

    :raise Missing: there is none
    """
    if os.geteuid():
        return {}
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if entry := accounts.get(name):
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Missing("PostgreSQL does not run as root: add a user named postgres.")


def run_tool(name: str, *arguments: object) -> None:
    call(
        [binaries() / name, *map(str, arguments)],
        "postgres",
        f"PostgreSQL's {name} failed.",
        cwd=home(),
        **other_account(),
    )


def initialize(data: Path) -> None:
    unfinished = data.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    run_tool(
        "initdb", "-D", unfinished, "-U", SUPERUSER, "--auth=trust",
        "--encoding=UTF8", "--no-locale", "--no-sync",
    )  # fmt: skip
    unfinished.rename(data)


def start(data: Path) -> str:
    clear_stale(data)
    folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX))
    own(folder)
    settings = {**SETTINGS, "unix_socket_directories": folder}
    words = (f"-c {name}={shlex.quote(str(it))}" for name, it in settings.items())
    log = data.with_name("server.log")
    run_tool("pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", " ".join(words))
    return str(folder)


def stop() -> None:
    data = data_folder()
    if folder := socket_folder(data):
        run_tool("pg_ctl", "stop", "-m", "fast", "-D", data)
        shutil.rmtree(folder, ignore_errors=True)


def remove() -> None:
    if POSTGRES.exists():
        stop()
        shutil.rmtree(home())


def socket_folder(data: Path) -> str | None:
    """Return the folder of the socket at which the cluster answers, if it does."""
    folder = noted(data)[1]
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(f"{folder}/.s.PGSQL.5432")
    except OSError:
        return None
    return folder


def noted(data: Path) -> tuple[str, str]:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return lines[0], lines[4]
    except (OSError, IndexError):
        return "", ""


def clear_stale(data: Path) -> None:
    """Remove what is left of a cluster that was killed or has lost its socket.

    PostgreSQL refuses to start when the number in its pid file is now another process.
    """
    pid, folder = noted(data)
    try:
        ours = os.readlink(f"/proc/{pid}/cwd") == str(data)
    except OSError:
        ours = False
    if ours:
        run_tool("pg_ctl", "stop", "-m", "fast", "-D", data)
    (data / "postmaster.pid").unlink(missing_ok=True)
    if Path(folder).name.startswith(SOCKET_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)
