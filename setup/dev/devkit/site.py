"""`make run` and `make post`: a site that is kept from one run to the next."""

import json
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO

from . import databases
from .locks import locked, opened, taken
from .odoo import Odoo
from .paths import ADDONS, LOGS, ROOT, shown
from .postgres import Server
from .processes import child, free_port
from .report import RECORD
from .steps import Missing, say, step
from .workspace import odoo_command, variables

MODULE = ADDONS[0]
PORT = 8069
PATIENCE = 120  # seconds for Odoo to answer: it may have asset bundles to compile
LISTENING = "HTTP service (werkzeug) running"
PORT_TAKEN = re.compile(r"Address already in use|Port \d+ is in use")
ENDED = "Odoo ended by itself: .dev/log/run.log says why."
# Odoo shuts down in order, and so ends with 0, when it is told to stop.
TOLD_TO_STOP = (0, -signal.SIGTERM, -signal.SIGINT)
REQUEST = re.compile(r'.*"(?P<what>\w+ \S+) HTTP/[\d.]+" (?P<code>\d+)')
UNSHOWN = re.compile(r" /(web/(assets|image|health|bundle)|websocket|\w+/static)")


def run(odoo: Odoo, server: Server) -> int:
    """Serve the site, with at least one post, until Ctrl-C."""
    with opened("run") as lock:
        if not taken(lock):
            raise Missing(f"This checkout is being served already: {served_at()}")
        lock.truncate(0)
        ensure_database(odoo, server)
        with step("The post to look at"):
            post = write(server)
        with suppress(KeyboardInterrupt):
            serve(server, post["path"], lock)
        say("\nStopped.")
    return 0


def served_at() -> str | None:
    """Where `run` serves this checkout, if it does."""
    with opened("run") as lock:
        if taken(lock):
            return None
        lock.seek(0)
        return lock.read() or f"http://localhost:{PORT}"


def post(odoo: Odoo, server: Server, topic: str) -> int:
    """Write a post about `topic`, also while `run` serves the site."""
    url = served_at()
    ensure_database(odoo, server, update=not url)
    with step("Writing"):
        post = write(server, topic)
    say(
        f"\n{post['title']}\n{url or f'http://localhost:{PORT}'}{post['path']}\n"
        f"{post['tokens_in']} tokens in, {post['tokens_out']} tokens out, "
        f"{post['milliseconds']} ms" + ("" if url else "\nTo see it, type: make run")
    )
    return 0


def ensure_database(odoo: Odoo, server: Server, update: bool = True) -> None:
    """Copy the site's database from the template, or update it to changed code.

    :param update: False while it is being served
    """
    name, code = server.prefix, fingerprint(odoo, MODULE)
    made_for = databases.FILESTORES / name / "made-for"
    with locked("database"):
        if not databases.exists(server, name) or not made_for.exists():
            template = databases.template(odoo, server)
            with step(f"Database {name} with {MODULE}"):
                databases.drop(server, name)
                databases.create(server, name, template)
                databases.load(server, name, "-i", MODULE)
        elif not update or made_for.read_text() == code:
            return
        else:
            with step(f"Database {name}: updating {MODULE}"):
                databases.load(server, name, "-u", MODULE)
        made_for.write_text(code)


def fingerprint(odoo: Odoo, *folders: str) -> str:
    """Changes when a database with what is in these folders has to be updated."""
    found = sha256(odoo.version.encode())
    for path in sorted(path for name in folders for path in (ROOT / name).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def write(server: Server, topic: str = "") -> dict:
    """Write a post about `topic`; without one, see to it that there is a post.

    :return: its title, path, tokens_in, tokens_out and milliseconds
    :raise Missing: the writer's own sentence
    """
    printed = databases.shell(server, server.prefix, "write_post", TOPIC=topic)
    post = json.loads(printed.splitlines()[-1])
    if problem := post.get("error"):
        raise Missing(f"The post was not written. {problem}")
    return post


def serve(server: Server, path: str, lock: IO[str]) -> None:
    """Serve until Odoo ends, at `PORT` or the next port that nobody else takes."""
    port = PORT
    while not serve_at(port := free_port(port), server, path, lock):
        port += 1


def serve_at(port: int, server: Server, path: str, lock: IO[str]) -> bool:
    """Start Odoo, tell where it is once it answers, and show its log until it ends.

    :return: False if another program has taken the port since it was found free
    """
    name, log, url = server.prefix, LOGS / "run.log", f"http://localhost:{port}"
    command = odoo_command(
        "-d", name, "--db-filter", f"^{name}$", "--no-database-list",
        "--http-port", str(port), "--gevent-port", str(free_port()),
    )  # fmt: skip
    with (
        log.open("w") as output,
        child(command, variables(server), stdout=output, stderr=output) as odoo,
        log.open(errors="replace") as lines,
    ):
        with step("Odoo" + f" (port {PORT} is taken)" * (port != PORT)):
            # The other program might answer in its place.
            if not listens(odoo, log):
                return False
            wait_for(f"http://127.0.0.1:{port}/web/health", odoo)
            wait_for(f"http://127.0.0.1:{port}{path}", odoo)
        lock.write(url)
        lock.flush()
        say(
            f"\n  A post      {url}{path}\n"
            f"  Behind it   {url}/odoo   (login admin, password admin)\n\n"
            f"  Ctrl-C stops it. The whole log is in {shown(log)}.\n"
        )
        follow(lines, odoo)
    return True


def listens(odoo: subprocess.Popen, log: Path) -> bool:
    """Whether Odoo has got its port; return once that is known.

    :raise Missing: Odoo has ended for another reason
    """
    while odoo.poll() is None:
        if LISTENING in log.read_text(errors="replace"):
            return True
        time.sleep(0.2)
    if PORT_TAKEN.search(log.read_text(errors="replace")):
        return False
    raise Missing(ENDED)


def wait_for(url: str, odoo: subprocess.Popen) -> None:
    """Return once `url` answers.

    :raise Missing: it answers with an error, or not in time, or Odoo has ended
    """
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    problem = "does not answer"
    while time.monotonic() < end and odoo.poll() is None:
        try:
            direct.open(url, timeout=PATIENCE).close()
            return
        except urllib.error.HTTPError as error:
            problem = f"answers {error.code}"
            break
        except OSError:
            time.sleep(0.2)
    raise Missing(f"{url} {problem}: .dev/log/run.log says why.")


def follow(lines: IO[str], odoo: subprocess.Popen) -> None:
    """Show the short form of a growing log until `odoo` is told to stop.

    :raise Missing: it has ended otherwise
    """
    showing = False
    while odoo.poll() is None:
        if not (line := lines.readline()):
            time.sleep(0.2)
            continue
        if record := RECORD.match(line):
            line = short(line, record)
            showing = bool(line)
        if showing:
            say(line.rstrip())
    if odoo.returncode not in TOLD_TO_STOP:
        raise Missing(ENDED)


def short(line: str, record: re.Match) -> str:
    """`line` as a person wants to follow it; nothing if it is not worth a line."""
    at, level, logger = line[11:19], record["level"], record["logger"]
    if level not in ("INFO", "DEBUG"):
        return f"{at} {level} {logger}: {record['message']}"
    request = REQUEST.match(record["message"]) if logger == "werkzeug" else None
    if request and not UNSHOWN.search(request["what"]):
        return f"{at} {request['what']} {request['code']}"
    return f"{at} {record['message']}" if MODULE in logger else ""
