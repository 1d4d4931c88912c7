# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Blog AI: other ways to write",
    "summary": "The same posts without the pump, for the benchmark alone",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "AGPL-3",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/website",
    "depends": ["blog_ai_generator"],
}
