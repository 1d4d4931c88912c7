# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The fake LLM server on the command line."""

import argparse
import contextlib
import signal
import sys
import threading
from collections.abc import Sequence

from . import behaviours
from .call import Call
from .server import LLMServer


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C and print one line for each call."""
    parser = argparse.ArgumentParser(
        prog="llm_server",
        description=behaviours.__doc__,
        epilog="behaviours:\n" + behaviours.table(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=4010, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=0, help="of texts and latencies")
    options = parser.parse_args(arguments)
    try:
        server = LLMServer(options.seed, options.host, options.port, on_answer=report)
    except (OSError, ValueError) as error:
        parser.exit(
            1, f"{parser.prog}: {error}. Choose another one with --host or --port.\n"
        )
    # A program that a script starts in the background ignores Ctrl-C: undo that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), server:
        say(f"{server.url}\n\n{behaviours.__doc__}\n{behaviours.table()}\n")
        say("Stop with Ctrl-C.")
        threading.Event().wait()
    return 0


def report(call: Call) -> None:
    say(
        f"{call.path}  {call.model or '-'}  {call.topic or '-'}  "
        + (f"{call.status}  {call.seconds:.2f} s" if call.seconds else "no answer")
    )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
