"""Starts Odoo's command line.

It is run by its path: Odoo starts its websocket process by running
``sys.argv[0]`` again, which ``python -m odoo`` does not survive.
"""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
