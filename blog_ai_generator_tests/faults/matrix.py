# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All faults, in the order in which they are played."""

from . import of_nodes, of_operation, of_postgres, of_servers
from .fault import FAULTS

__all__ = ["FAULTS", "of_nodes", "of_operation", "of_postgres", "of_servers"]
