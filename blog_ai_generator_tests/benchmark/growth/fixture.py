# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fill a blog with posts and generations by SQL, as years of use would.

The blog gets its posts at the same pace however many there are, so that a month has as
many in a blog of 1,000 generations as in one of 100,000.
"""

from typing import NamedTuple

from odoo.tools import SQL

from odoo.addons.blog_ai_generator.similar_keys import title_keys

from .titles import titles

# Generations a day. Every second one has a post that is still there.
PACE = 33
TABLES = ("blog_post", "blog_ai_generation", "blog_ai_call", "blog_ai_topic")
# Rows of these are counted, too.
COUNTED = (*TABLES, "blog_ai_slot_day")


class Place(NamedTuple):
    """The ids of blog, provider and user of the posts."""

    blog_id: int
    provider_id: int
    user_id: int


def grow(env, place: Place, generations: int) -> None:
    """Fill a blog up to a number of generations, with a call each and half the posts.

    The new ones are older than those that are there. PostgreSQL's statistics are
    brought up to date. Nothing is committed.
    """
    user = env["res.users"].browse(place.user_id)
    provider = env["blog.ai.provider"].browse(place.provider_id)
    mine = [("blog_id", "=", place.blog_id)]
    have = env["blog.ai.generation"].search_count(mine)
    names = titles(generations)[have:]
    env.flush_all()
    values = {
        "names": names,
        "keys": [_literal(title_keys(name)) for name in names],
        "blog": place.blog_id,
        "provider": provider.id,
        "currency": provider.currency_id.id,
        "company": user.company_id.id,
        "user": user.id,
        "author": user.partner_id.id,
        "pace": PACE,
        "have": have,
    }
    for statement in (GENERATIONS, CALLS, POSTS):
        env.cr.execute(SQL(statement, **values, **_columns(env)))
    for table in TABLES:
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    env.invalidate_all()


def grow_queue(env, place: Place, topics: int) -> None:
    """Fill the queue of a blog up to a number of topics that wait; every 20th later."""
    have = env["blog.ai.topic"].search_count([("blog_id", "=", place.blog_id)])
    names = titles(topics, seed=3)[have:]
    env.flush_all()
    env.cr.execute(
        SQL(
            TOPICS,
            names=names,
            keys=[_literal(title_keys(name)) for name in names],
            blog=place.blog_id,
            user=place.user_id,
            company=env["res.users"].browse(place.user_id).company_id.id,
            have=have,
        )
    )
    env.cr.execute("ANALYZE blog_ai_topic")
    env.invalidate_all()


def grow_days(env, slot, days: int) -> None:
    """Give a slot a past of so many days on which it found no topic."""
    env.flush_all()
    env.cr.execute(SQL(DAYS, slot=slot.id, days=days))
    env.cr.execute("ANALYZE blog_ai_slot_day")
    env.invalidate_all()


def _literal(keys: list[int]) -> str:
    return f"{{{','.join(map(str, keys))}}}"


def _columns(env) -> dict[str, SQL]:
    """Return the columns of keys, which earlier versions do not have."""
    if "blog_ai_title_keys" not in env["blog.post"]._fields:
        return dict.fromkeys(("keys_of", "keys_in", "title_keys_in"), SQL(""))
    return {
        "keys_of": SQL(", line.keys::int[]"),
        "keys_in": SQL(", blog_ai_title_keys"),
        "title_keys_in": SQL(", title_keys"),
    }


# Every 20th failed, the others are done.
GENERATIONS = """
    INSERT INTO blog_ai_generation (
           topic, blog_id, lang, words, provider_id, company_id, user_id, author_id,
           currency_id, state, attempts, attempt_limit, publish, queued_at, create_date,
           write_date, create_uid, write_uid, finished_at, duration, cost, tokens_in,
           tokens_out, model_answered, review_state, kind, error_code
           %(title_keys_in)s)
    SELECT line.name, %(blog)s, 'en_US', '800', %(provider)s, %(company)s, %(user)s,
           %(author)s, %(currency)s,
           CASE WHEN line.number %% 20 = 0 THEN 'failed' ELSE 'done' END,
           1 + (line.number %% 9 = 0)::int, 3, TRUE, line.at, line.at, line.at,
           %(user)s, %(user)s, line.at, 5 + line.number %% 40, 0.002, 900, 1200,
           'sample', 'none', 'article',
           CASE WHEN line.number %% 20 = 0 THEN 'timeout' END %(keys_of)s
      FROM (SELECT name, keys, number,
                   now() AT TIME ZONE 'UTC' - interval '1 day'
                   * ((count(*) OVER () - number + %(have)s) / %(pace)s::float)
                   AS at
              FROM unnest(%(names)s, %(keys)s) WITH ORDINALITY
                   AS line (name, keys, number)) AS line
     ORDER BY line.number
"""
CALLS = """
    INSERT INTO blog_ai_call (
           generation_id, provider_id, company_id, blog_id, kind, attempt, model,
           model_answered, outcome, tokens_in, tokens_out, currency_id, cost,
           milliseconds, create_date, create_uid)
    SELECT id, provider_id, company_id, blog_id, 'article', 1, 'sample', 'sample',
           CASE WHEN state = 'done' THEN 'ok' ELSE 'timeout' END, 900, 1200,
           currency_id, 0.002, 5000, create_date, create_uid
      FROM blog_ai_generation
     WHERE blog_id = %(blog)s
       AND NOT EXISTS (
           SELECT FROM blog_ai_call WHERE generation_id = blog_ai_generation.id)
     ORDER BY id
"""
POSTS = """
    INSERT INTO blog_post (
           name, blog_id, author_id, active, is_published, post_date, published_date,
           create_date, write_date, create_uid, write_uid, content, visits,
           blog_ai_generation_id %(keys_in)s)
    SELECT jsonb_build_object('en_US', generation.topic), %(blog)s, %(author)s, TRUE,
           TRUE, generation.create_date, generation.create_date, generation.create_date,
           generation.create_date, %(user)s, %(user)s,
           jsonb_build_object('en_US', repeat('<p>Text of a post.</p>', 100)), 0,
           generation.id %(keys_of)s
      FROM unnest(%(names)s, %(keys)s) WITH ORDINALITY AS line (name, keys, number)
      JOIN blog_ai_generation generation ON generation.topic = line.name
     WHERE generation.blog_id = %(blog)s AND line.number %% 2 = 1
       AND NOT EXISTS (
           SELECT FROM blog_post WHERE blog_ai_generation_id = generation.id)
     ORDER BY generation.id
"""
TOPICS = """
    INSERT INTO blog_ai_topic (
           name, blog_id, company_id, state, active, sequence, not_before,
           create_date, write_date, create_uid, write_uid, title_keys)
    SELECT line.name, %(blog)s, %(company)s, 'waiting', TRUE,
           %(have)s + line.number,
           CASE WHEN line.number %% 20 = 0 THEN CURRENT_DATE + 30 END,
           now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', %(user)s, %(user)s,
           line.keys::int[]
      FROM unnest(%(names)s, %(keys)s) WITH ORDINALITY AS line (name, keys, number)
"""
DAYS = """
    INSERT INTO blog_ai_slot_day (
           slot_id, blog_id, company_id, day, planned_at, shown_at, state,
           create_date, write_date)
    SELECT slot.id, slot.blog_id, slot.company_id, past.day, past.day, past.day,
           'empty', past.day, past.day
      FROM blog_ai_slot slot,
           (SELECT CURRENT_DATE - number AS day
              FROM generate_series(2, 1 + %(days)s) number) past
     WHERE slot.id = %(slot)s
        ON CONFLICT DO NOTHING
"""
