"""Get Odoo, PostgreSQL, Chromium and Node.js; start and test the addons.

Each command is a module of `commands/` with the same name; the modules beside that
folder are what several commands share. Standard library only: it runs before anything
is installed.
"""
