"""The command line `setup/dev/dev NAME …`, which the Makefile calls too."""

import os
import sys
import traceback
from importlib import import_module

from . import processes
from .paths import LOGS, shown
from .steps import Missing

# The order is that of `help`. Each name is that of a module in `commands/`.
COMMANDS = (
    "run post test pytest real-llm stress faults coverage mutants neighbours bench "
    "speed growth cold e2e unit lint core-lint oca-gates house format readme pictures "
    "pot wheels history oca ci conformance preview-check setup odoo env clean help"
).split()


def main() -> None:
    name, *arguments = sys.argv[1:] or ["help"]
    processes.interrupt_on_signals()
    try:
        if name not in COMMANDS:
            raise Missing(f"No command is called {name!r}: try setup/dev/dev help.")
        code = command(name).run(*arguments)
        sys.stdout.flush()
        sys.exit(code)
    except Missing as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader, such as `head`, has enough of the output. Python flushes it once
        # more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        sys.exit(f"\n{unexpected(error)}")


def command(name: str):
    """Import the module of a command; its docstring is the help, `run` the entry."""
    return import_module(f"{__package__}.commands.{name.replace('-', '_')}")


def unexpected(error: Exception) -> str:
    """Keep the traceback of a bug in a file; return the sentence that names it."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "devkit.log"
    log.write_text(traceback.format_exc())
    return f"setup/dev failed: {error}. Please report it with {shown(log)}."
