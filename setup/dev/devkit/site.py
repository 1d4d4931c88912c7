"""`make run` and `make post`: a site that is kept from one run to the next."""

import json
import re
import time
import urllib.request
from hashlib import sha256
from typing import IO

from . import databases
from .locks import locked, opened, taken
from .odoo import Odoo
from .paths import ADDONS, DEV, LOGS, ROOT, shown
from .postgres import Server, sql
from .processes import child, free_port
from .report import RECORD
from .steps import Missing, say, step
from .workspace import odoo_command, variables

MODULE = ADDONS[0]
PORT = 8069
URL_FILE = DEV / "run.url"
PATIENCE = 120  # seconds for Odoo to answer: it may compile all its asset bundles
REQUEST = re.compile(r'.*"(?P<what>\w+ \S+) HTTP/[\d.]+" (?P<code>\d+)')
UNSHOWN = re.compile(r" /(web/(assets|image|health|bundle)|websocket|\w+/static)")


def run(odoo: Odoo, server: Server) -> int:
    """Serve the site with at least one post until Ctrl-C."""
    with opened("run") as lock:
        if not taken(lock):
            raise Missing(f"This checkout is being served already: {base_url()}")
        ensure_database(odoo, server)
        with step("The post to look at"):
            post = write(server)
        port = free_port(PORT)
        if port != PORT:
            say(f"   port {PORT} is taken: using {port}")
        try:
            serve(server, port, post)
        except KeyboardInterrupt:
            say("\nStopped.")
        finally:
            URL_FILE.unlink(missing_ok=True)
    return 0


def post(odoo: Odoo, server: Server, topic: str) -> int:
    """Write a post about `topic`, also while `run` serves the site."""
    if not running():
        ensure_database(odoo, server)
    with step("Writing"):
        written = write(server, topic)
    say(
        f"\n{written['title']}\n{base_url()}{written['path']}\n"
        f"{written['tokens_in']} tokens in, {written['tokens_out']} tokens out, "
        f"{written['milliseconds']} ms"
    )
    if not running():
        say("To see it, type: make run")
    return 0


def running() -> bool:
    with opened("run") as lock:
        return not taken(lock)


def base_url() -> str:
    try:
        return URL_FILE.read_text()
    except FileNotFoundError:
        return f"http://localhost:{PORT}"


def ensure_database(odoo: Odoo, server: Server) -> None:
    """The site's database: copied from the template, updated when the code changes."""
    with locked("database"):
        name, code = server.prefix, fingerprint(odoo)
        if name not in databases.names(server):
            template = databases.template(odoo, server)
            with step(f"Database {name} with {MODULE}"):
                make(server, name, template, code)
        elif installed_code(server, name) != code:
            with step(f"Database {name}: updating {MODULE}"):
                databases.load(server, name, "-u", MODULE)
                note_code(server, name, code)


def make(server: Server, name: str, template: str, code: str) -> None:
    unfinished = f"{name}_unfinished"
    databases.drop(server, unfinished)
    databases.create(server, unfinished, template)
    databases.load(server, unfinished, "-i", MODULE)
    note_code(server, unfinished, code)
    databases.rename(server, unfinished, name)


def fingerprint(odoo: Odoo) -> str:
    """Changes when the database has to be updated."""
    found = sha256(odoo.version.encode())
    for path in sorted((ROOT / MODULE).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def note_code(server: Server, name: str, code: str) -> None:
    """Remember in the database itself which code it was made for."""
    sql(server, f"COMMENT ON DATABASE \"{name}\" IS '{code}'")


def installed_code(server: Server, name: str) -> str | None:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
    ((code,),) = sql(server, f"{query} WHERE datname = '{name}'")
    return code


def write(server: Server, topic: str = "") -> dict:
    """Write a post about `topic`; without one, see to it that there is a post.

    :return: its title, path, tokens_in, tokens_out and milliseconds
    :raise Missing: the writer's own sentence
    """
    printed = databases.shell(server, server.prefix, "write_post", TOPIC=topic)
    written = json.loads(printed.splitlines()[-1])
    if problem := written.get("error"):
        raise Missing(f"The post was not written. {problem}")
    return written


def serve(server: Server, port: int, post: dict) -> None:
    """Start Odoo, tell where it is once it answers, and show its log until it ends."""
    name, log = server.prefix, LOGS / "run.log"
    command = odoo_command(
        "-d", name, "--db-filter", f"^{name}$", "--no-database-list",
        "--http-port", str(port), "--gevent-port", str(free_port()),
    )  # fmt: skip
    with (
        log.open("w") as output,
        child(command, env=variables(server), stdout=output, stderr=output) as odoo,
        log.open(errors="replace") as lines,
    ):
        url = f"http://localhost:{port}"
        with step("Odoo"):
            wait_for(f"http://127.0.0.1:{port}/web/health", odoo)
            wait_for(f"http://127.0.0.1:{port}{post['path']}", odoo)
        URL_FILE.write_text(url)
        say(
            f"\n  A post      {url}{post['path']}\n"
            f"  Behind it   {url}/odoo   (login admin, password admin)\n\n"
            f"  Ctrl-C stops it. The whole log is in {shown(log)}.\n"
        )
        follow(lines, odoo)


def wait_for(url: str, odoo) -> None:
    """Return once `url` answers.

    :raise Missing: Odoo ended, or does not answer in time
    """
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and odoo.poll() is None:
        try:
            direct.open(url, timeout=PATIENCE).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Missing(f"Odoo does not answer at {url}: see .dev/log/run.log.")


def follow(lines: IO[str], odoo) -> None:
    """Show the short form of a growing log until `odoo` ends."""
    showing = False
    while odoo.poll() is None:
        line = lines.readline()
        if not line:
            time.sleep(0.2)
            continue
        record = RECORD.match(line)
        if record:
            line = short(line, record)
            showing = bool(line)
        if showing:
            say(line.rstrip())
    raise Missing("Odoo ended by itself: see .dev/log/run.log.")


def short(line: str, record: re.Match) -> str:
    """`line` as a person wants to follow it; nothing if it is not worth a line."""
    at, level, logger = line[11:19], record["level"], record["logger"]
    if level not in ("INFO", "DEBUG"):
        return f"{at} {level} {logger}: {record['message']}"
    request = REQUEST.match(record["message"]) if logger == "werkzeug" else None
    if request and not UNSHOWN.search(request["what"]):
        return f"{at} {request['what']} {request['code']}"
    if MODULE in logger:
        return f"{at} {record['message']}"
    return ""
