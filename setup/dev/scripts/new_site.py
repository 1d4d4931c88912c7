"""Make the database of `make run`: install its modules, write posts, compile a page.

The options are Odoo's. The post, as `write_post.py` prints it, goes to the file RESULT,
emails to the folder EMAILS.
"""

import io
import os
import runpy
import sys
from contextlib import redirect_stdout
from pathlib import Path

import mailbox_page

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config

FIRST_POSTS = Path(__file__).with_name("first_posts.py")
WRITE_POST = Path(__file__).with_name("write_post.py")
# Bundles that a browser asks for before a visitor can read the post.
SCRIPTS = ("web.assets_frontend_minimal", "web.assets_frontend_lazy")
STYLES = ("web.assets_frontend",)


def main() -> None:
    config.parse_config(sys.argv[1:], setup_logging=True)
    load_server_wide_modules()
    (name,) = config["db_name"]
    registry = Registry.new(name, update_module=True, install_modules=config["init"])
    emails = Path(os.environ["EMAILS"])
    with mailbox_page.catching(emails) as port, registry.cursor() as cr:
        config["smtp_server"], config["smtp_port"] = "127.0.0.1", port
        env = api.Environment(cr, SUPERUSER_ID, {})
        runpy.run_path(str(FIRST_POSTS), {"env": env})
        with redirect_stdout(io.StringIO()) as printed:
            runpy.run_path(str(WRITE_POST), {"env": env})
        compile_bundles(env)
    Path(os.environ["RESULT"]).write_text(printed.getvalue().splitlines()[-1])


def compile_bundles(env) -> None:
    for name in SCRIPTS:
        env["ir.qweb"]._get_asset_bundle(name, css=False, js=True).js()
    for name in STYLES:
        env["ir.qweb"]._get_asset_bundle(name, css=True, js=False).css()


if __name__ == "__main__":
    main()
