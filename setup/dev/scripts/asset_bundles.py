"""Input of `odoo shell`: compile all asset bundles, which copies then reuse."""

env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821
env.cr.commit()  # noqa: F821
