"""Gets Odoo, PostgreSQL, Chromium and Node.js; starts and tests the addons.

Standard library only: it runs before anything is installed.
"""
