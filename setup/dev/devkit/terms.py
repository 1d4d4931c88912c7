"""`make pot`: brings the product's translation files up to date."""

import json

from . import databases
from .locks import locked
from .odoo import Odoo
from .paths import ADDONS
from .postgres import Server
from .steps import say, step


def update(odoo: Odoo, server: Server) -> int:
    """Export the terms from a throw-away database and add new ones to each language."""
    template = databases.template(odoo, server)
    database = f"{server.prefix}_pot"
    with locked("pot"), step("Terms to translate"):
        databases.drop(server, database)
        databases.create(server, database, template)
        databases.load(server, database, "-i", *ADDONS)
        printed = databases.shell(server, database, "pot")
        databases.drop(server, database)
    for language, missing in json.loads(printed.splitlines()[-1]).items():
        say(f"   {language}: {missing} terms to translate")
    return 0
