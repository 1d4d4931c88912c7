# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import Any


def private(owner: object, name: str) -> Any:
    """Return the attribute ``name`` of ``owner``, or None if Odoo has it no more."""
    return getattr(owner, name, None)
