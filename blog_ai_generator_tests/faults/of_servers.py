# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Processes of Odoo that are killed or stopped."""

import os
import signal

from ..live.client import wait_until
from .fault import THREADED, fault
from .scene import Scene

KILLED = "nobody knows the answers to the calls that a killed process had in flight"
CUT = "a provider may charge for a call that is cut when its server stops"


@fault("kill -9 of a worker", 2, why_paid=KILLED)
def kill_worker(scene: Scene) -> None:
    os.kill(calling(scene), signal.SIGKILL)


@fault("kill -9 of a threaded server", 1, THREADED, why_paid=KILLED)
@fault("kill -9 of the master", 2, why_paid=KILLED)
def kill_server(scene: Scene) -> None:
    scene.server.kill()
    scene.server.start()


@fault("SIGTERM, SIGKILL after 10 s, threaded", 2, THREADED, why_paid=CUT)
@fault("SIGTERM, SIGKILL after 10 s, prefork", 2, why_paid=CUT)
def terminate_server(scene: Scene) -> None:
    scene.server.terminate()
    scene.server.start()


def calling(scene: Scene) -> int:
    """Return the process that calls the provider."""

    def find() -> list[int]:
        return [it.pid for it in scene.server.processes() if scene.connections(it)]

    return wait_until(find, timeout=5.0)[0]
