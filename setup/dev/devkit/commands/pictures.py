"""Take the pictures of README and of the documents anew, from a site of their own."""

from .. import databases, site, workspace
from ..paths import ADDONS, DEV, LOGS, ROOT, SCRIPTS
from ..processes import child, free_port, wait_for
from ..steps import call, step
from . import e2e
from . import run as run_site

EMAILS = DEV / "picture-emails"
FOLDER = ROOT / ADDONS[0] / "static" / "description"


def run() -> int:
    with workspace.opened() as (_odoo, server):
        e2e.prepare()
        name = f"{server.prefix}_pictures"
        databases.drop(server, name)
        EMAILS.mkdir(exist_ok=True)
        try:
            with step("The site of the pictures"):
                site.create(server, name, EMAILS)
                databases.shell(server, name, "picture_posts")
            take(server, name)
        finally:
            databases.drop(server, name)
    return 0


def take(server, name: str) -> None:
    log, port = LOGS / "pictures-site.log", free_port(site.PORT)
    environment = workspace.variables(server)
    with run_site.mailbox(EMAILS) as (smtp, emails), log.open("w") as output:
        # Nothing is written meanwhile: the providers are those of the real services.
        command = [*run_site.command(name, port, smtp), "--max-cron-threads=0"]
        with child(command, environment, stdout=output, stderr=output) as odoo:
            url = f"http://localhost:{port}"
            wait_for(f"http://127.0.0.1:{port}/web/health", odoo, log)
            with step("Pictures"):
                call(
                    [
                        e2e.VENV / "bin/python",
                        SCRIPTS / "pictures.py",
                        url,
                        emails,
                        FOLDER,
                    ],
                    "pictures",
                    "Not all pictures could be taken.",
                    env=environment,
                )
