# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The part of the claim that keeps within the budgets, in SQL."""

from datetime import timedelta

from ..pump import BESIDE_OCTETS, FRAME_TOKENS, MILLION

# The next look if only calls in flight stand in the way: one may have ended then.
SOON = timedelta(seconds=5)
# `_voice_version` in SQL. The first attempt decides on the version.
VOICE_VERSION = """
    COALESCE(queued.voice_version_id, (
        SELECT version_id FROM blog_ai_voice
         WHERE id = COALESCE(queued.voice_id, (
               SELECT blog_ai_voice_id FROM blog_blog WHERE id = queued.blog_id))))
"""
# `Prices.worst` in SQL, for the price of the model that is requested. `octets` is the
# length of the texts of the brief.
WORST = f"""
    (COALESCE(
        CASE WHEN queued.fallback_for_id IS NULL THEN NULLIF(queued.listed_in, 0) END,
        provider.price_in, 0)
     * ({FRAME_TOKENS} + (
        octet_length(queued.topic) + %(octets)s
        + COALESCE((SELECT octets FROM blog_ai_voice_version
                     WHERE id = {VOICE_VERSION}), 0)
        + CASE WHEN queued.kind = 'article' THEN {BESIDE_OCTETS} ELSE 0 END
        + COALESCE(queued.source_octets, 0)) / 2)
     + COALESCE(
        CASE WHEN queued.fallback_for_id IS NULL THEN NULLIF(queued.listed_out, 0) END,
        provider.price_out, 0)
     * COALESCE(NULLIF(queued.max_output_tokens, 0), provider.max_output_tokens)) /
     {MILLION}
"""
# The budgets, and what is free in them: a call in flight counts as the most that it may
# cost.
BUDGETS = """
    pending AS MATERIALIZED (
        SELECT company_id, currency_id, blog_id, sum(reserved) AS reserved
          FROM blog_ai_call
         WHERE outcome = 'pending' AND reserved > 0
         GROUP BY 1, 2, 3),
    budgets AS MATERIALIZED (
        SELECT budget.id, budget.company_id, budget.blog_id, budget.currency_id,
               budget.ends, unspent.amount AS unspent,
               unspent.amount - COALESCE((
                   SELECT sum(reserved) FROM pending
                    WHERE pending.company_id = budget.company_id
                      AND pending.currency_id = budget.currency_id
                      AND COALESCE(budget.blog_id, pending.blog_id, 0)
                          = COALESCE(pending.blog_id, 0)), 0) AS free
          FROM blog_ai_budget budget
         CROSS JOIN LATERAL (
               SELECT budget.amount + COALESCE(budget.raised, 0)
                      - COALESCE(budget.spent, 0) AS amount) unspent
         WHERE budget.begins <= %(now)s AND budget.ends > %(now)s
           AND budget.amount > 0)
"""
# The rows of `due` that can be paid for. Each is added to those before it. One that
# does not fit waits: until the month is over if it would exceed the budget by itself,
# else for a moment.
#
# Two claims can't both take the last money: the gate lets one in at a time, and a claim
# with an old snapshot is repeated. A store that is committed meanwhile frees money,
# since no call costs more than was reserved for it.
AFFORDED = f"""
    {BUDGETS},
    priced AS MATERIALIZED (
        SELECT queued.id, next_try_at, queued.company_id, blog_id,
               provider.currency_id,
               CASE WHEN provider.is_free THEN 0 ELSE {WORST} END AS worst
          FROM due
         CROSS JOIN LATERAL (
               SELECT * FROM blog_ai_generation WHERE id = due.id LIMIT 1) queued
          JOIN blog_ai_provider provider ON provider.id = queued.provider_id),
    compared AS (
        SELECT priced.id, budgets.id AS budget_id, ends, worst > unspent AS is_over,
               worst > unspent OR free < sum(worst) FILTER (WHERE worst <= unspent)
                   OVER (PARTITION BY budgets.id ORDER BY next_try_at, priced.id)
               AS is_refused
          FROM priced
          JOIN budgets ON budgets.company_id = priced.company_id
           AND budgets.currency_id = priced.currency_id
           AND COALESCE(budgets.blog_id, priced.blog_id) = priced.blog_id
         WHERE worst > 0),
    waiting AS MATERIALIZED (
        SELECT DISTINCT ON (id) id, is_over, ends, budget_id
          FROM compared
         WHERE is_refused
         ORDER BY id, is_over DESC, budget_id),
    moved AS (
        UPDATE blog_ai_generation
           SET next_try_at = COALESCE((
                   SELECT ends FROM waiting
                    WHERE waiting.id = blog_ai_generation.id AND is_over), %(soon)s)
         WHERE id = ANY(ARRAY(SELECT id FROM waiting))
     RETURNING blog_ai_generation.*, (
                   SELECT budget_id FROM waiting
                    WHERE waiting.id = blog_ai_generation.id AND is_over)
                   AS budget_id),
    refused AS (
        SELECT * FROM moved WHERE budget_id IS NOT NULL),
    afforded AS MATERIALIZED (
        SELECT id, worst FROM priced WHERE id NOT IN (SELECT id FROM waiting))
"""
