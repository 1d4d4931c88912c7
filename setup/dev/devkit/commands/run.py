"""Start the site on http://localhost:8069 with posts and emails to look at."""

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .. import site, workspace
from ..locks import opened, taken
from ..paths import EMAILS, LOGS, PYTHON, SCRIPTS, shown
from ..postgres import Server
from ..processes import child, free_port, wait_for
from ..report import RECORD
from ..site import MODULE, PORT
from ..steps import Missing, say, step
from ..workspace import odoo_command, variables

LISTENING = "HTTP service (werkzeug) running"
PORT_TAKEN = re.compile(r"Address already in use|Port \d+ is in use")
MAILBOX_PORT = 8025
ENDED = "Odoo ended by itself: .dev/log/run.log says why."
# Odoo shuts down in order, and so ends with 0, when it is told to stop.
TOLD_TO_STOP = (0, -signal.SIGTERM, -signal.SIGINT)
REQUEST = re.compile(r'.*"(?P<what>\w+ \S+) HTTP/[\d.]+" (?P<code>\d+)')
UNSHOWN = re.compile(r" /(web/(assets|image|health|bundle)|websocket|\w+/static)")


def run() -> int:
    with workspace.opened(tests=False) as (odoo, server), opened("run") as lock:
        if not taken(lock):
            raise Missing(f"This checkout is already served at {site.served_at()}")
        lock.truncate(0)
        post = site.ensure_database(odoo, server)
        if not post:
            with step("The post to look at"):
                post = site.write(server)
        with suppress(KeyboardInterrupt):
            serve(server, post["path"], lock)
        say("\nStopped.")
    return 0


def serve(server: Server, path: str, lock: IO[str]) -> None:
    port = PORT
    while not serve_at(port := free_port(port), server, path, lock):
        port += 1


def serve_at(port: int, server: Server, path: str, lock: IO[str]) -> bool:
    """Start Odoo, print its address once it answers, and show its log until it ends.

    :return: False if another program has taken the port since it was found free
    """
    log, url = LOGS / "run.log", f"http://localhost:{port}"
    with (
        mailbox(EMAILS) as (smtp, emails),
        log.open("w") as output,
        child(
            command(server.prefix, port, smtp),
            variables(server),
            stdout=output,
            stderr=output,
        ) as odoo,
        log.open(errors="replace") as lines,
    ):
        with step("Odoo" + f" (port {PORT} is taken)" * (port != PORT)):
            # Otherwise the program that has the port could answer in Odoo's place.
            if not listens(odoo, log):
                return False
            for page in ("/web/health", path):
                wait_for(f"http://127.0.0.1:{port}{page}", odoo, log)
        lock.write(url)
        lock.flush()
        announce(url, path, emails, log)
        follow(lines, odoo)
    return True


def command(name: str, port: int, smtp: int) -> list[str]:
    return odoo_command(
        "-d", name, "--db-filter", f"^{name}$", "--no-database-list",
        "--http-port", str(port), "--gevent-port", str(free_port()),
        "--smtp", "127.0.0.1", "--smtp-port", str(smtp),
    )  # fmt: skip


@contextmanager
def mailbox(folder: Path) -> Iterator[tuple[int, str]]:
    """Catch the emails of the site; its port for them, and the address to read them."""
    smtp, page = free_port(), free_port(MAILBOX_PORT)
    log = LOGS / "mailbox.log"
    words = [PYTHON, SCRIPTS / "mailbox_page.py", folder, smtp, page]
    with (
        log.open("w") as output,
        child(
            [str(word) for word in words],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
        ) as catcher,
    ):
        wait_for(f"http://127.0.0.1:{page}/", catcher, log)
        yield smtp, f"http://localhost:{page}"


def announce(url: str, path: str, emails: str, log: Path) -> None:
    say(
        f"\n  A post        {url}{path}\n"
        f"  Write a post  {url}/odoo/blog-ai-write   (login admin, password admin)\n"
        f"  As an editor  {url}/web/login   (login mara, password mara)\n"
        f"  Emails        {emails}   (caught here, sent to nobody)\n\n"
        f"  Ctrl-C stops it. The whole log is in {shown(log)}.\n"
    )


def listens(odoo: subprocess.Popen, log: Path) -> bool:
    """Wait until Odoo has its port; return False if another program has it.

    :raise Missing: Odoo has ended for another reason
    """
    while odoo.poll() is None:
        if LISTENING in log.read_text(errors="replace"):
            return True
        time.sleep(0.2)
    if PORT_TAKEN.search(log.read_text(errors="replace")):
        return False
    raise Missing(ENDED)


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
    """Return the few words of a log line that help to follow it, or nothing."""
    at, level, logger = line[11:19], record["level"], record["logger"]
    if level not in ("INFO", "DEBUG"):
        return f"{at} {level} {logger}: {record['message']}"
    request = REQUEST.match(record["message"]) if logger == "werkzeug" else None
    if request and not UNSHOWN.search(request["what"]):
        return f"{at} {request['what']} {request['code']}"
    return f"{at} {record['message']}" if MODULE in logger else ""
