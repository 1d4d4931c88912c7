# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Programs that drive a live server import this package without Odoo.
if __name__.startswith("odoo.addons."):
    from . import models
