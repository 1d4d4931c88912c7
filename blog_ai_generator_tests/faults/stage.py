# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Servers on which faults are played, one after the other."""

from collections.abc import Sequence
from contextlib import ExitStack

from .cluster import Cluster
from .fault import Fault
from .scene import Scene


class Stage:
    """The server of the current fault, for a ``with`` block.

    The next fault is played on the same one if it needs the same and nothing went
    wrong: a new server takes half a minute to start.
    """

    def __init__(self, cluster: Cluster):
        self._cluster = cluster
        self._stack = ExitStack()
        self._scene: Scene | None = None
        self._needs: tuple = ()

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *_error) -> None:
        self.clear()

    def scene(self, fault: Fault) -> Scene:
        if not self._scene or self._needs != fault.needs:
            self.clear()
            extra = self._stack.enter_context(fault.around(self._cluster))
            server = self._stack.enter_context(fault.live_server(**extra))
            self._scene, self._needs = Scene(server, self._cluster), fault.needs
        return self._scene

    def clear(self) -> None:
        """Remove the server: the next fault gets a new one."""
        self._scene = None
        self._stack.close()


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """Return the faults in the order that takes the fewest servers."""
    needs = [fault.needs for fault in faults]
    return sorted(faults, key=lambda fault: (needs.index(fault.needs), fault.spoils))
