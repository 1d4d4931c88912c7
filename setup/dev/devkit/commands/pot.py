"""Add new terms to the translations in i18n/; then fill the empty msgstr there."""

import json

from .. import databases, workspace
from ..locks import locked
from ..paths import ADDONS
from ..steps import say, step


def run() -> int:
    with workspace.opened() as (odoo, server):
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
