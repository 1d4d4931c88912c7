# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults that are played side by side: a round mostly waits for a lease to end."""

import signal
import subprocess
import sys
from collections.abc import Sequence


def play(count: int, arguments: Sequence[str]) -> int:
    """Let each lane play its share, in a process with a PostgreSQL of its own.

    :param arguments: of this program
    :return: the exit code of the lane that fared worst
    """
    command = [sys.executable, "-m", __package__, *arguments, f"--lanes={count}"]
    lanes = [subprocess.Popen([*command, f"--lane={nth}"]) for nth in range(count)]
    try:
        return max(lane.wait() for lane in lanes)
    except BaseException:
        # They remove their servers.
        for lane in lanes:
            lane.send_signal(signal.SIGINT)
        raise
    finally:
        for lane in lanes:
            lane.wait()
