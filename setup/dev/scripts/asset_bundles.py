"""Input of `odoo shell`: compile the asset bundles, which copies then reuse."""

# Pages load these later, so that Odoo does not find them in its templates.
LATER = (
    "bus.websocket_worker_assets",
    "web.assets_backend_lazy",
    "web.assets_emoji",
    "web.chartjs_lib",
    "web.fullcalendar_lib",
    "web_tour.automatic",
    "website.assets_inside_builder_iframe",
    "website.website_builder_assets",
)
# Pages of a website have addresses of their own for the same bundles.
ON_PAGES = (
    "web.__assets_tests_call__",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_tests",
)


def compile_bundles(qweb, names):
    for name in names:
        bundle = qweb._get_asset_bundle(name)
        if bundle.javascripts or bundle.templates:
            bundle.js()
        if bundle.stylesheets:
            bundle.css()


qweb = env["ir.qweb"]  # noqa: F821
qweb._pregenerate_assets_bundles()
compile_bundles(qweb, LATER)
(website,) = env["website"].search([], limit=1)  # noqa: F821
compile_bundles(qweb.with_context(website_id=website.id), ON_PAGES)
env.cr.commit()  # noqa: F821
