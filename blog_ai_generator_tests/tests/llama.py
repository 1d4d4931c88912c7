# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run llama.cpp's server with a small language model."""

import os
import re
import socket
import subprocess
import threading

import requests

KEY = "sk-llama-0123456789"
MODEL = "smollm2"
# Room for a prompt and an answer, in tokens.
CONTEXT = 4096
# Seconds for the server to print a line. It loads the model in less than one.
PATIENCE = 60
# The same prompt has the same answer, which does not repeat a phrase for ever.
_OPTIONS = ("--temp", "0", "--repeat-penalty", "1.1", "--alias", MODEL)
_OPTIONS += ("--api-key", KEY, "--metrics", "--slots")
# Several threads wait for each other at each layer, busily: on a machine that does
# something else besides, they are slower than one.
_OPTIONS += ("--threads", "1", "--threads-batch", "1")


def reason_to_skip() -> str:
    """Return why the tests cannot run here; empty if they can.

    :raise RuntimeError: nobody has tried to fetch the server
    """
    if missing := os.environ.get("LLAMA_MISSING", ""):
        return missing
    if not os.path.exists(os.environ.get("LLAMA_SERVER", "")):
        raise RuntimeError(
            "LLAMA_SERVER does not name llama.cpp's server: run these tests with "
            "`make real-llm`, which provides it."
        )
    return ""


class LlamaServer:
    """A running llama-server that accepts ``KEY``; ``url`` ends with ``/v1``.

    :param options: further ones of the command line
    :param model: file to load instead of the usual model; empty for none, so that the
        name in a request chooses one
    :param context: of each of the two slots, in tokens
    :param until: pattern of the line in its log for which to wait
    :raise RuntimeError: it ended, or did not print that line in time
    """

    def __init__(
        self,
        *options: str,
        model: str | None = None,
        context: int = CONTEXT,
        until: str = "listening on",
    ):
        # Bound but not listening: nobody else can take the port meanwhile.
        self._port = socket.socket()
        self._port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._port.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{self._port.getsockname()[1]}"
        self.root = f"http://{address}"
        self.url = f"{self.root}/v1"
        self._lines: list[str] = []
        self._printed = threading.Condition()
        chosen = {} if model is None else {"LLAMA_ARG_MODEL": model}
        self._process = subprocess.Popen(
            [os.environ["LLAMA_SERVER"], *_OPTIONS]
            + ["--host", "127.0.0.1", "--port", address.partition(":")[2]]
            + ["--parallel", "2", "--ctx-size", str(2 * context), *options],
            env={**os.environ, **chosen},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self.wait_for_line(until)
        except RuntimeError:
            self.stop()
            raise

    def _read(self):
        for line in self._process.stdout:
            with self._printed:
                self._lines.append(line)
                self._printed.notify_all()
        with self._printed:
            self._lines.append("<the end>")
            self._printed.notify_all()

    @property
    def position(self) -> int:
        """The number of lines in the log so far, as a start for ``wait_for_line``."""
        with self._printed:
            return len(self._lines)

    def wait_for_line(self, pattern: str, since: int = 0) -> str:
        """Return the first line of the log that contains ``pattern``.

        :param since: lines to pass over
        :raise RuntimeError: the server ended, or has not printed it in time
        """

        def look():
            lines = self._lines[since:]
            found = [line for line in lines if re.search(pattern, line)]
            return found or lines[-1:] == ["<the end>"]

        with self._printed:
            found = self._printed.wait_for(look, PATIENCE)
            if found and found is not True:
                return found[0]
            printed = "".join(self._lines)
        raise RuntimeError(f"llama-server did not print {pattern!r}:\n{printed}")

    def get(self, path: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = requests.get(self.root + path, headers=headers, timeout=PATIENCE)
        answer.raise_for_status()
        return answer

    def counted(self) -> dict[str, int]:
        """Return the tokens that the server has counted since it started."""
        found = re.findall(
            r"^llamacpp:(\w+)_total (\d+)$", self.get("/metrics").text, re.M
        )
        return {name: int(number) for name, number in found}

    def busy(self) -> list[int]:
        """Return the slots that are working."""
        slots = self.get("/slots").json()
        return [slot["id"] for slot in slots if slot["is_processing"]]

    def stop(self):
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        self._port.close()
