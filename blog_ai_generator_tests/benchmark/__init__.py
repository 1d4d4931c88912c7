# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a post costs, measured where you are.

``make bench`` measures a real server from outside; ``run(env)`` in ``odoo shell`` what
can be measured inside one process.
"""


def run(env, posts: int = 20) -> None:
    """See ``shell.run``, which needs Odoo; this package as a whole does not."""
    from . import shell

    shell.run(env, posts)
