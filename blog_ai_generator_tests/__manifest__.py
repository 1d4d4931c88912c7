# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Blog AI Generator: tests",
    "summary": "Tours, stress and benchmarks of Blog AI Generator; not for production",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Hidden",
    "website": "https://github.com/OCA/website",
    "author": "Blog AI Generator contributors, Odoo Community Association (OCA)",
    "license": "AGPL-3",
    "depends": ["blog_ai_generator"],
    "assets": {
        "web.assets_tests": ["blog_ai_generator_tests/static/tests/tours/**/*"],
    },
}
