# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure what a post costs, on any machine.

``make bench`` measures a real server from outside; ``run(env)`` in ``odoo shell``
measures what can be measured inside one process.
"""


def run(env, posts: int = 20) -> None:
    """Run ``shell.run``, which needs Odoo; the rest of the package does not."""
    from . import shell

    shell.run(env, posts)
