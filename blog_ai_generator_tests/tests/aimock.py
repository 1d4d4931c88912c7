# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run ``@copilotkit/aimock``, an LLM service written outside this project."""

import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

import requests

FIXTURES = Path(__file__).with_name("aimock_fixtures.json")
KEY = "sk-aimock-0123456789"
SECONDS_TO_START = 30


def node() -> str:
    """Return the path of Node.js.

    :raise RuntimeError: there is none
    """
    found = shutil.which("node")
    if not found:
        raise RuntimeError(
            "Node.js is missing on the PATH: run these tests with `make test`, which "
            "provides it."
        )
    return found


class Aimock:
    """A running aimock that accepts ``KEY``; ``url`` ends with ``/v1``.

    :raise RuntimeError: it is missing, or did not start
    """

    def __init__(self):
        self._drain = None
        launcher = os.environ.get("AIMOCK_BIN", "")
        if not os.path.exists(launcher):
            raise RuntimeError(
                "AIMOCK_BIN does not name aimock's llmock script: run these tests "
                "with `make test`, which provides it."
            )
        self._process = subprocess.Popen(
            [node(), launcher, "--host=127.0.0.1", "--port=0", "--strict"]
            + ["--validate-on-load", f"--fixtures={FIXTURES}"],
            env={**os.environ, "AIMOCK_API_KEYS": KEY},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            self.root = self._wait_until_it_listens()
        except RuntimeError:
            self.stop()
            raise
        self.url = f"{self.root}/v1"
        # Drain its log, which nobody reads from here on: a full pipe would stop it.
        self._drain = threading.Thread(target=self._process.stdout.read, daemon=True)
        self._drain.start()

    def _wait_until_it_listens(self) -> str:
        """Return the address that aimock prints once it listens."""
        alarm = threading.Timer(SECONDS_TO_START, self._process.kill)
        alarm.start()
        printed = []
        for line in self._process.stdout:
            printed.append(line)
            found = re.search(r"listening on (http://\S+)", line)
            if found:
                alarm.cancel()
                return found[1]
        alarm.cancel()
        raise RuntimeError(
            f"aimock did not start within {SECONDS_TO_START} s. It printed:\n"
            + "".join(printed)
        )

    def stop(self):
        self._process.kill()
        self._process.wait()
        if self._drain:
            self._drain.join()
        self._process.stdout.close()

    def journal(self, model) -> list[dict]:
        """Return aimock's notes of the calls to a model, the oldest first."""
        answer = requests.get(
            f"{self.root}/__aimock/journal",
            headers={"Authorization": f"Bearer {KEY}"},
            timeout=10,
        )
        answer.raise_for_status()
        return [
            entry
            for entry in answer.json()
            if (entry["body"] or {}).get("model") == model
        ]
