"""Fed to `odoo shell`: compile all asset bundles; copies compile what differs."""

env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821
env.cr.commit()  # noqa: F821
