# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging
import uuid
from collections.abc import Sequence

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import llm
from ..internals import cached_ref, fill_cache, ormcache, set_transaction_time
from ..messages import Message
from ..pump import LEASE_MARGIN, LOOK_OF_ODOO, Claim, Failure, Limits
from ..utils import described, split_keywords
from .blog_ai_generation_afford import AFFORDED, SOON, VOICE_VERSION
from .blog_ai_generation_gate import later
from .blog_ai_provider_hold import clock

_logger = logging.getLogger(__name__)

# One statement leases the rows and makes what the lease needs: the log row of the call,
# and triggers of a scheduled action that watches the lease, so that the generation is
# picked up again if this worker dies: at its end, and some time before (see
# `_cron_watch`). It bypasses the ORM: an addon that adds a required column to
# `blog.ai.call` must give it a database default.
#
# The scheduled action is left alone if somebody has locked it, since the foreign key of
# the trigger would wait for ever (see `trigger_cron`).
#
# Several pumps may claim at once, on several servers. The calls in flight are counted
# here, and `shut` makes that exact: a claim whose snapshot lacks another claim updates
# a row that has changed since, which PostgreSQL refuses (`SerializationFailure`), and
# the pump claims again. `gate` makes this rare: only one claim at a time gets past it.
#
# A row that another transaction has locked is skipped. The rows are chosen in a
# materialized CTE. PostgreSQL may evaluate a subquery with a LIMIT once for each row
# that it is compared with, and would lease more than there is room for. Each provider
# is asked for as many rows as it has room for. So the long queue of one is neither read
# as a whole nor in the way of the others.
LEASE = f"""
    WITH gate AS MATERIALIZED (
        SELECT pg_try_advisory_xact_lock(%(lock)s) AS is_open),
    %(busy)s,
    free AS MATERIALIZED (
        SELECT provider.id, GREATEST(%(pace)s - COALESCE(busy.calls, 0), 0) AS room
          FROM blog_ai_provider provider
          LEFT JOIN busy ON busy.provider_id = provider.id
         WHERE (SELECT is_open FROM gate) AND %(may)s
           AND (%(held)s) IS NOT TRUE),
    due AS MATERIALIZED (
        SELECT queued.id, free.id AS provider_id
          FROM free
         CROSS JOIN LATERAL (
               SELECT id, next_try_at FROM blog_ai_generation
                WHERE state = 'queued' AND provider_id = free.id
                  AND next_try_at <= %(now)s AND %(only)s
                ORDER BY next_try_at, id
                LIMIT LEAST(free.room, %(room)s)
                  FOR UPDATE SKIP LOCKED) queued
         ORDER BY queued.next_try_at, queued.id
         LIMIT GREATEST(LEAST(
               %(room)s, %(width)s - (SELECT COALESCE(sum(calls), 0) FROM busy)), 0)),
    %(afforded)s,
    claimed AS (
        UPDATE blog_ai_generation queued
           SET state = 'writing', attempts = attempts + 1,
               lease_token = %(token)s, lease_until = %(until)s,
               voice_version_id = {VOICE_VERSION},
               write_date = %(now)s
         WHERE id = ANY(ARRAY(SELECT id FROM afforded))
     RETURNING queued.*),
    cron AS MATERIALIZED (
        SELECT id FROM ir_cron WHERE id = %(cron)s FOR KEY SHARE SKIP LOCKED),
    shut AS (
        INSERT INTO blog_ai_gate (id, claimed_at)
        SELECT 1, %(now)s WHERE EXISTS (SELECT FROM claimed)
            ON CONFLICT (id) DO UPDATE SET claimed_at = EXCLUDED.claimed_at),
    woken AS (
        INSERT INTO ir_cron_trigger (cron_id, call_at)
        SELECT DISTINCT cron.id, lease_until - make_interval(secs => early)
          FROM cron, claimed, unnest(ARRAY[0.0, %(early)s]) early),
    call AS (
        INSERT INTO blog_ai_call (
            generation_id, provider_id, company_id, blog_id, attempt, model,
            currency_id, kind, outcome, prompt_version, voice_version_id,
            reserved,
            create_uid, create_date, write_uid, write_date)
        SELECT claimed.id, provider.id, claimed.company_id, claimed.blog_id, attempts,
               COALESCE(%(model)s, provider.model),
               provider.currency_id, claimed.kind, 'pending',
               %(versions)s::jsonb ->> claimed.kind,
               claimed.voice_version_id,
               (SELECT worst FROM afforded WHERE afforded.id = claimed.id),
               %(uid)s, clock_timestamp() AT TIME ZONE 'UTC',
               %(uid)s, clock_timestamp() AT TIME ZONE 'UTC'
          FROM claimed
          JOIN blog_ai_provider provider ON provider.id = provider_id
     RETURNING id, generation_id)
"""
# A lease outlives the time limit of the generation's provider.
LEASE_UNTIL = """
    %(now)s + make_interval(secs => %(margin)s + LEAST(%(longest)s, (
        SELECT time_limit FROM blog_ai_provider WHERE id = provider_id)))
"""
# The rows that were leased, and those that a budget refuses, which have no call.
LEASED = SQL(
    "(SELECT *, NULL::int AS budget_id FROM claimed UNION ALL SELECT * FROM refused) "
    "AS blog_ai_generation "
    "LEFT JOIN call ON call.generation_id = blog_ai_generation.id "
    "ORDER BY blog_ai_generation.id"
)
# The call of each row, or the budget that refuses it. Author and voice save a query.
FOUND = SQL(
    "jsonb_build_array(call.id, blog_ai_generation.budget_id, "
    "(SELECT active FROM res_partner WHERE id = author_id), "
    "(SELECT jsonb_build_array(content, octets) FROM blog_ai_voice_version "
    "WHERE id = voice_version_id))"
)
# `_requested_model` in SQL.
REQUESTED_MODEL = SQL(
    "CASE WHEN claimed.fallback_for_id IS NULL THEN NULLIF(claimed.model, '') END"
)
# Many2many fields that every attempt needs.
ATTEMPTS_RELATIONS = ("tag_ids", "recipient_ids")


class BlogAiGenerationClaim(models.Model):
    """The claim: due generations are leased, with everything that an attempt needs."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _claim(
        self,
        room: int,
        limits: Limits,
        only: Sequence[int] | None = None,
        ended: Sequence[int] = (),
    ):
        """Take up to ``room`` due generations and lease them to the caller.

        :param only: ids to choose from; all by default
        :param ended: ids whose call has ended, although it is not stored yet
        :return: a list of :class:`Claim`; empty when nothing is due, when there is no
            room, and while another pump claims
        """
        token = uuid.uuid4().hex
        gate = self._gate_values(limits, only, ended)
        generations, found = self._lease(token, room, limits, gate)
        generations, call_ids = generations._without_refused(found)
        if not generations:
            return []
        # Set the companies, or Odoo queries the user for them.
        generations = generations.with_context(
            allowed_company_ids=generations.company_id.ids
        )
        generations._notify_updated()
        calls = self.env["blog.ai.call"].browse(call_ids)
        claims = [
            generation._prepare_claim(token, call, limits)
            for generation, call in zip(generations, calls, strict=True)
        ]
        return generations._offer_links([claim for claim in claims if claim])

    @api.model
    def _lease(self, token: str, room: int, limits: Limits, gate: dict) -> tuple:
        """Lease up to ``room`` due generations.

        Under REPEATABLE READ, a row that another pump has *just* committed is an error
        (``SerializationFailure``). It is not worth a line in the log; the pump claims
        again.

        :param gate: what :meth:`_gate_values` returned
        :return: the generations, and for each the id of its call, or that of the
            budget that refuses it
        """
        lease = SQL(
            LEASE,
            **gate,
            token=token,
            until=SQL(
                LEASE_UNTIL,
                now=gate["now"],
                longest=limits.call_timeout,
                margin=LEASE_MARGIN,
            ),
            room=room,
            # This server's clock: costs are added to the month by it, too (`_settle`).
            afforded=SQL(
                AFFORDED, now=clock(), soon=later(SOON), octets=self._octets_in_sql()
            ),
            model=REQUESTED_MODEL,
            cron=cached_ref(self.env, "blog_ai_generator.cron_watch").id,
            early=LOOK_OF_ODOO,
            versions=json.dumps(llm.PROMPT_VERSIONS),
            uid=self.env.uid,
        )
        generations, extras = self._fetched(lease, FOUND, LEASED)
        for generation, extra in zip(generations, extras, strict=True):
            *_ids, is_active, voice = extra
            fill_cache(generation.author_id, "active", [is_active])
            for name, value in zip(("content", "octets"), voice or (), strict=False):
                fill_cache(generation.voice_version_id, name, [value])
        return generations, [ids for *ids, _is_active, _voice in extras]

    def _fetched(self, before: SQL, extra: SQL, source: SQL) -> tuple:
        """Fill the cache from ``before SELECT … FROM source``, a statement of ours.

        The ORM would query again for the columns, for each of the many2many fields that
        every attempt needs, and for the time of the transaction.

        :param source: names a row ``blog_ai_generation``
        :return: the generations, and the value of ``extra`` for each
        """
        for model in (self, self.env["blog.ai.voice"], self.env["blog.blog"]):
            model.flush_model()
        columns, terms = self._columns_and_terms()
        self.env.cr.execute(
            SQL(
                "%s SELECT blog_ai_generation.id, %s, "
                "clock_timestamp() AT TIME ZONE 'UTC', %s FROM %s",
                before,
                extra,
                terms,
                source,
            ),
            log_exceptions=False,
        )
        rows = self.env.cr.fetchall()
        if not rows:
            return self.browse(), ()
        ids, extras, now, *values = zip(*rows, strict=True)
        # The clock of the statement: a test is one long transaction, and Odoo's
        # websocket leaves out messages that seem to be older than 50 s.
        set_transaction_time(self.env, now[0])
        generations = self.browse(ids)
        generations._fill_cache((*columns, *ATTEMPTS_RELATIONS), values)
        return generations, extras

    @api.model
    @ormcache()
    def _columns_and_terms(self) -> tuple[tuple[str, ...], SQL]:
        """Return the names of the plain columns, and what :meth:`_fetched` selects."""
        columns = [field.name for field in self._fields.values() if _is_plain(field)]
        terms = [SQL.identifier(self._table, name) for name in columns]
        terms += [_related_ids(self._fields[name]) for name in ATTEMPTS_RELATIONS]
        return tuple(columns), SQL(", ").join(terms)

    def _fill_cache(self, names: Sequence[str], values: Sequence[tuple]) -> None:
        self.invalidate_recordset(flush=False)
        for name, contents in zip(names, values, strict=True):
            if name in ATTEMPTS_RELATIONS:
                contents = map(tuple, contents)
            fill_cache(self, name, contents)

    def _prepare_claim(self, token: str, call, limits: Limits):
        """Return the claim as plain data, or None if no call is to be made.

        The generation is queued for later then, or for another provider, or has failed,
        so that it does not keep the others in the queue for ever.
        """
        code, detail = "bad_request", ""
        if hold := self.provider_id._hold():
            self._leave_uncalled(call, hold)
            return None
        try:
            if message := self._brief_obstacle():
                code = "brief"
            elif not (
                message := self.provider_id._obstacle() or self._price_obstacle()
            ):
                return self._make_claim(token, call, limits)
        except psycopg2.Error:
            raise
        except UserError as exception:
            message = Message.of_text(str(exception))
        except Exception as exception:
            _logger.exception("Generation %s can't be asked for", self.id)
            detail = described(exception)
            message = Message("bad_request.not_made")
        call.write({"outcome": "bad_request", "detail": detail, "cost": 0.0})
        self._set_cost_nothing()
        self._set_state_from_failure(Failure(code, message, detail))
        return None

    def _make_claim(self, token: str, call, limits: Limits) -> Claim:
        return Claim(
            generation_id=self.id,
            token=token,
            call_id=call.id,
            company_id=self.company_id.id,
            provider_id=self.provider_id.id,
            attempt=self.attempts,
            prices=self.provider_id._prices(self._requested_model()),
            request=self._request(),
            account=self._account(limits),
            reserved=self._worst_cost(),
            output_maximum=self._output_maximum(),
            cover=self.blog_id._blog_ai_cover_style(),
        )

    def _request(self) -> llm.ArticleRequest | llm.TranslationRequest:
        return self._prepare_request()

    def _prepare_request(self) -> llm.ArticleRequest:
        """Return the request to the model; an addon may add pages to link to."""
        return llm.ArticleRequest(
            topic=self.topic,
            notes=self.notes or "",
            keywords=self._keywords(),
            language=self.lang,
            words=int(self.words),
            blog_name=self.blog_id.name,
            link_hosts=self.blog_id._blog_ai_link_hosts(),
            outline=self._headings(),
        )

    def _keywords(self) -> tuple[str, ...]:
        tags = self.tag_ids.sorted("name").mapped("name")
        return (*split_keywords(self.keywords), *tags)


def _is_plain(field: fields.Field) -> bool:
    """Return whether the value of a field is the value of its column.

    Translated, company-dependent and non-prefetched fields are left to the ORM.
    """
    return (
        field.column_type
        and field.prefetch is True
        and field.name != "id"
        and not (field.translate or field.company_dependent)
    )


def _related_ids(field: fields.Many2many) -> SQL:
    return SQL(
        "ARRAY(SELECT %s FROM %s WHERE %s = blog_ai_generation.id)",
        SQL.identifier(field.column2),
        SQL.identifier(field.relation),
        SQL.identifier(field.column1),
    )
