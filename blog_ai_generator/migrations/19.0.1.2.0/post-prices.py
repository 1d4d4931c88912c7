# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

NOT_FREE = """
    UPDATE blog_ai_provider SET is_free = FALSE WHERE price_in > 0 OR price_out > 0
"""
# A cost of 0 meant “nothing” and “not known” alike. It is not known of an answer whose
# provider has no price and is not free of charge.
UNKNOWN = """
    UPDATE blog_ai_call call SET cost = NULL
      FROM blog_ai_provider provider
     WHERE provider.id = call.provider_id AND NOT COALESCE(provider.is_free, FALSE)
       AND COALESCE(provider.price_in, 0) = 0 AND COALESCE(provider.price_out, 0) = 0
       AND call.cost = 0 AND call.kind != 'models'
       AND (call.tokens_in > 0 OR call.tokens_out > 0)
"""
UNKNOWN_IN_ALL = """
    UPDATE blog_ai_generation generation SET cost = NULL
     WHERE generation.cost = 0
       AND NOT EXISTS (
           SELECT FROM blog_ai_call call
            WHERE call.generation_id = generation.id AND call.cost IS NOT NULL)
"""


def migrate(cr, version):
    """Tell unknown costs from none, and propose list prices where there are none."""
    # An own server for which somebody entered prices.
    cr.execute(NOT_FREE)
    cr.execute(UNKNOWN)
    cr.execute(UNKNOWN_IN_ALL)
    env = api.Environment(cr, SUPERUSER_ID, {})
    providers = env["blog.ai.provider"].with_context(active_test=False).search([])
    for provider in providers:
        if not (provider.price_in or provider.price_out or provider.is_free):
            provider._compute_prices()
