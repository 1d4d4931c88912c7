"""The commands of `setup/dev/dev`, one for each target of the Makefile."""

import os
import shutil
import sys
import time
import traceback

from . import linting, postgres, processes, site, testing, workspace
from .paths import DEV, LOGS, shown
from .steps import Missing, say


def setup() -> int:
    """get all that is missing"""
    workspace.prepare()
    return 0


def run() -> int:
    """start the site on http://localhost:8069 with a post to look at"""
    with workspace.opened() as (ready, server):
        return site.run(ready, server)


def post() -> int:
    """write one post about TOPIC on that site: make post TOPIC="…" """
    topic = os.environ.get("TOPIC", "").strip()
    if not topic:
        raise Missing('Say what to write about: make post TOPIC="Bicycles in winter"')
    with workspace.opened() as (ready, server):
        return site.post(ready, server, topic)


def test() -> int:
    """run all tests; TAGS="…" narrows them as Odoo's --test-tags does"""
    begun = time.monotonic()
    with workspace.opened() as (ready, server):
        return testing.run(ready, server, begun)


def unit() -> int:
    """run only the tests of the writer, which need no database"""
    workspace.prepare()
    return testing.run_unit()


def lint() -> int:
    """run ruff and pylint-odoo"""
    workspace.prepare_python()
    return linting.run()


def odoo(*arguments: str) -> int:
    """run Odoo's command line: setup/dev/dev odoo shell -d blog_ai"""
    return env(*workspace.odoo_command(*arguments))


def env(*command: str) -> int:
    """run a command with this checkout's server and tools: … env psql blog_ai"""
    with workspace.opened() as (_ready, server):
        return workspace.foreground(command, server)


def clean() -> int:
    """remove all that was fetched and made, the site's database too"""
    if url := site.served_at():
        raise Missing(f"The site is running at {url}: end it first, with Ctrl-C.")
    postgres.remove()
    shutil.rmtree(DEV, ignore_errors=True)
    return 0


def help() -> int:
    """show this"""
    for name, command in COMMANDS.items():
        say(f"  {name:<6} {command.__doc__.strip()}")
    return 0


COMMANDS = {
    command.__name__: command
    for command in (run, post, test, unit, lint, setup, odoo, env, clean, help)
}


def main() -> None:
    """Run the command that was typed; whatever goes wrong is one sentence."""
    name, *arguments = sys.argv[1:] or ["help"]
    processes.interrupt_on_signals()
    try:
        if name not in COMMANDS:
            raise Missing(f"No command is called {name!r}: try setup/dev/dev help.")
        sys.exit(COMMANDS[name](*arguments))
    except Missing as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sys.exit(f"\n{unexpected(error)}")


def unexpected(error: Exception) -> str:
    """The sentence for an error of our own, whose traceback goes to a file."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "devkit.log"
    log.write_text(traceback.format_exc())
    return f"setup/dev failed: {error}. Please report it with {shown(log)}."
