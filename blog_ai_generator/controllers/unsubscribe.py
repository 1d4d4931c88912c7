# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request
from odoo.tools import consteq


class Unsubscribe(http.Controller):
    """The page behind “Unsubscribe” in an email about a post.

    Opening it changes nothing, since programs that check emails follow each link. A
    mail program that offers a button of its own sends the form (RFC 8058).
    """

    @http.route(
        "/blog_ai/unsubscribe/<int:company_id>/<int:partner_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        csrf=False,
    )
    def unsubscribe(self, company_id, partner_id, token, **_form):
        company = request.env["res.company"].sudo().browse(company_id).exists()
        # Odoo compares ASCII only, and raises an error for anything else.
        is_ascii = company and token.isascii()
        if not is_ascii or not consteq(company._blog_ai_token(partner_id), token):
            raise request.not_found()
        is_done = request.httprequest.method == "POST"
        if is_done:
            company._blog_ai_unsubscribe(partner_id)
        return request.render(
            "blog_ai_generator.unsubscribe", {"company": company, "is_done": is_done}
        )
