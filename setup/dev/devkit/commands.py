"""The commands of `setup/dev/dev`, one for each target of the Makefile."""

import os
import shutil
import sys
import time
import traceback
from pathlib import Path

from . import bench as benchmark
from . import e2e as journeys
from . import (
    gitlab,
    linting,
    packaging,
    postgres,
    preview,
    processes,
    site,
    terms,
    testing,
    tools,
    vectors,
    workspace,
)
from .paths import DEV, LOGS, ROOT, shown
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


def stress() -> int:
    """run the tests of very many at once, which take some minutes"""
    with workspace.opened() as (ready, server):
        return testing.run_stress(ready, server)


def bench() -> int:
    """measure what the README promises, 15 minutes; QUICK=1 takes 6"""
    with workspace.opened() as (ready, server):
        return benchmark.run(ready, server)


def e2e() -> int:
    """play all journeys in a browser on a real server; URL="…" on a deployed one"""
    if url := os.environ.get("URL"):
        return journeys.run_deployed(url)
    with workspace.opened() as (ready, server):
        return journeys.run(ready, server)


def unit() -> int:
    """run only the tests of the writer, which need no database"""
    workspace.prepare()
    return testing.run_unit()


def preview_check() -> int:
    """make a build as Runboat does and write a post in it"""
    with workspace.opened() as (ready, server):
        return preview.run(ready, server)


def lint() -> int:
    """run the linters, and check what is generated"""
    prepare_tools()
    return linting.run()


def core_lint() -> int:
    """run the linters that are tests of Odoo itself, its module test_lint"""
    prepare_tools()
    with workspace.opened() as (ready, server):
        return linting.run_core(ready, server)


def pot() -> int:
    """add new terms to the translations in i18n/; then fill the empty msgstr there"""
    with workspace.opened() as (ready, server):
        return terms.update(ready, server)


def format() -> int:
    """lay out all files as the linters want them"""
    prepare_tools()
    return linting.reformat()


def readme() -> int:
    """generate README.rst and index.html of the addons from readme/"""
    prepare_tools()
    return linting.readme()


def wheels() -> int:
    """build wheels of the addons in .dev/wheels, and install them beside Odoo"""
    prepare_tools()
    packaging.wheels()
    with workspace.opened() as (ready, server):
        return packaging.try_wheels(ready, server)


def history() -> int:
    """move readme/newsfragments of the addons to their readme/HISTORY.md"""
    prepare_tools()
    return packaging.history()


def oca() -> int:
    """run the steps of OCA's CI, with coverage; TEST_TAGS="…" narrows the tests"""
    prepare_tools()
    os.environ.setdefault("HTTP_PORT", str(processes.free_port()))
    return env(str(ROOT / "setup" / "ci" / "oca_tests"))


def conformance(*folders: str) -> int:
    """count X's published vectors, fetched or in FOLDER: … conformance FOLDER"""
    workspace.prepare()
    tools.ensure()
    return vectors.run(*map(Path, folders))


def ci(*jobs: str) -> int:
    """check .gitlab-ci.yml and list its jobs; run one: setup/dev/dev ci lint"""
    prepare_tools()
    return gitlab.run(*jobs)


def prepare_tools() -> None:
    workspace.prepare_python()
    tools.ensure()


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
        say(f"  {name:<13} {command.__doc__.strip()}")
    return 0


ALL = (
    *(run, post, test, stress, bench, e2e, unit),
    *(
        lint,
        core_lint,
        format,
        readme,
        pot,
        wheels,
        history,
        oca,
        ci,
        conformance,
        preview_check,
    ),
    *(setup, odoo, env, clean, help),
)
COMMANDS = {command.__name__.replace("_", "-"): command for command in ALL}


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
