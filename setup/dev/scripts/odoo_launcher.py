"""Start Odoo's command line.

Run this file by its path: Odoo starts its websocket process by running ``sys.argv[0]``
again, which does not work for ``python -m odoo``.
"""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
