# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from .. import llm
from ..content import safe_html
from ..messages import Message, as_json, failure_message
from ..pump import Failure, Limits, Prices, Reaction
from .blog_ai_ask import PAID

# Look for a place at the provider, and in the database. A call that takes one
# updates the row of the gate, as a claim does: of two that see the last place at the
# same time, PostgreSQL refuses one, which looks again.
ROOM = """
    WITH %(busy)s,
    room AS MATERIALIZED (
        SELECT
          FROM blog_ai_provider provider
          LEFT JOIN busy ON busy.provider_id = provider.id
         WHERE provider.id = %(provider)s
           AND COALESCE(busy.calls, 0) < %(pace)s
           AND (SELECT COALESCE(sum(calls), 0) FROM busy) < %(width)s),
    shut AS (
        INSERT INTO blog_ai_gate (id, claimed_at)
        SELECT 1, %(now)s WHERE EXISTS (SELECT FROM room)
            ON CONFLICT (id) DO UPDATE SET claimed_at = EXCLUDED.claimed_at)
    SELECT EXISTS (SELECT FROM room)
"""


class BlogAiAskCall(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """The call itself: what it waits for, and what is kept of it."""

    _inherit = "blog.ai.ask"  # pylint: disable=consider-merging-classes-inherited

    def _refusal(self) -> Message | None:
        """Return why no call may be made now, or None.

        A connection test obeys neither a hold nor a budget: it is how an administrator
        finds out whether the account takes requests again.
        """
        provider = self.provider_id
        is_test = self.kind not in PAID
        obstacle = provider._database_hold() if is_test else provider._obstacle()
        if obstacle or self.kind == "test":
            return obstacle
        return provider._held_message() or self._budget_obstacle()

    def _budget_obstacle(self) -> Message | None:
        if self.kind not in PAID or not self.company_id._blog_ai_has_budget():
            return None
        if not self._asked_prices().are_known:
            return Message("budget.no_price", {"name": self.provider_id.name})
        used_up = self._tight().filtered(
            lambda budget: budget.spent + self.worst > budget.limit
        )
        return used_up[:1]._used_up("budget.nothing_left") if used_up else None

    def _asked_prices(self) -> Prices:
        return self.provider_id._prices(self.model or "")

    def _tight(self):
        budgets = self.env["blog.ai.budget"]
        is_limited = self.kind in PAID and self.company_id._blog_ai_has_budget()
        if not is_limited or not self.worst:
            return budgets
        currency = self.provider_id.currency_id
        return budgets._tight(self.company_id, self.blog_id, currency, self.worst)

    def _as_asked(self):
        """Return this in the name of the person who asks, with all rights."""
        asked = self.exists().sudo()
        return asked.with_user(asked.create_uid).sudo().with_company(asked.company_id)

    def _begin(self) -> llm.Account | None:
        """Return the account once the call may begin, and log the call as pending.

        The call waits for a place, and for money that is reserved for other calls.
        """
        ask = self._as_asked()
        if ask.state == "asking" and ask.call_id.outcome == "pending":
            # Begun already: the commit succeeded, and its confirmation was lost.
            return ask._account()
        if ask.state != "waiting":
            return None
        if message := ask._refusal():
            ask.write(ask._set_failed(message))
            return None
        if ask._tight() or not ask._takes_place():
            return None
        ask.write({"state": "asking", "call_id": ask._log_pending().id})
        ask._set_alive()
        return ask._account()

    def _account(self) -> llm.Account:
        provider = self.provider_id
        return provider._account(self.model or "", float(provider.time_limit))

    def _log_pending(self):
        provider = self.provider_id
        return self.env["blog.ai.call"].create(
            {
                **self._origin_values(),
                "model": self.model or provider.model,
                "currency_id": provider.currency_id.id,
                "reserved": self.worst,
            }
        )

    def _takes_place(self) -> bool:
        limits = Limits.of(self.env)
        # Later calls wait behind this one.
        values = self.env["blog.ai.generation"]._gate_values(
            limits, asks=SQL("id < %s", self.id)
        )
        self.env.cr.execute(
            SQL(ROOM, **values, provider=self.provider_id.id), log_exceptions=False
        )
        return self.env.cr.fetchone()[0]

    def _origin_values(self) -> dict:
        return {
            "kind": self.kind,
            "provider_id": self.provider_id.id,
            "company_id": self.company_id.id,
            "blog_id": self.blog_id.id,
            "generation_id": self.generation_id.id,
            "voice_version_id": self.voice_version_id.id,
        }

    def _set_generation(self, generation) -> None:
        """Count these calls towards the post that came of them."""
        self.generation_id = generation
        calls = self.call_id
        calls.generation_id = generation
        # A call that goes on is added when it ends.
        generation._add_spending(calls.filtered(lambda it: it.outcome != "pending"))

    def _end(self, reaction: Reaction, is_kept: bool = True) -> None:
        """Log the calls, settle the budget, and keep the result or the failure."""
        ask = self._as_asked()
        if ask.call_id.outcome not in ("pending", "lost"):
            # Stored already: the commit succeeded, and its confirmation was lost.
            return
        calls = ask._log_calls(reaction)
        hold = ask._set_provider(reaction)
        ask._settle(calls)
        if not is_kept:
            values = ask._set_failed(Message("ask.storage"))
        elif reaction.error:
            values = ask._failed(reaction.error, hold)
        else:
            values = ask._done(reaction.result, calls)
        if ask.state == "asking":
            ask.write(values)
        ask._free_place()

    def _free_place(self) -> None:
        # Posts may have waited for this call's place.
        queued = [("state", "=", "queued"), ("provider_id", "=", self.provider_id.id)]
        generations = self.env["blog.ai.generation"]
        if generations.search_count(queued, limit=1):
            generations._wake_pump()

    def _log_calls(self, reaction: Reaction):
        call = self.call_id
        prices = self._asked_prices()
        records = [call._prepare_record(record, prices) for record in reaction.calls]
        # A call without a record was given up; its cost is unknown.
        first, *more = records or [self._prepare_given_up(reaction.error)]
        call.write(first)
        origin = self._origin_values()
        calls = call + call.create([{**values, **origin} for values in more])
        calls.generation_id._add_spending(calls)
        return calls

    def _prepare_given_up(self, error: llm.LLMError | None) -> dict:
        if error is None:
            return {"outcome": "ok"}
        return {"outcome": error.code, "detail": error.detail}

    def _set_provider(self, reaction: Reaction):
        provider, call = self.provider_id, self.call_id
        if reaction.error:
            failure = Failure.of(reaction.error)
            return provider._set_held(failure, call.id) if failure.is_refusal else None
        since = provider.hold_since
        if provider.hold_refusals and since and call.create_date > since:
            provider._set_proved()
        return None

    def _settle(self, calls) -> None:
        cost = sum(call.cost for call in calls)
        if any(call.cost is False for call in calls):
            cost += self.worst
        currency = self.provider_id.currency_id.id
        budgets = self.env["blog.ai.budget"]
        budgets._settle(self.company_id, self.blog_id, currency, cost)

    def _failed(self, error: llm.LLMError, hold) -> dict:
        message = failure_message(error)
        if error.code == "timeout":
            # It is about one call here, not about the length of a post.
            limit = str(self.provider_id.time_limit)
            values = {"provider": self.provider_id.name, "count": limit}
            message = Message("provider.slow", values)
        if self.kind == "test" and error.code != "cancelled":
            self.provider_id._set_last_test(self.call_id, message)
        if hold:
            message = self.provider_id._held_message() or message
        return self._set_failed(message)

    def _set_failed(self, message: Message) -> dict:
        """Return the values of a call that failed, or that may not begin."""
        return {"state": "failed", "message": as_json(message)}

    def _done(self, result, calls) -> dict:
        values = {"state": "done"}
        match self.kind:
            case "social":
                values["text"] = result.text
            case "ideas":
                values["message"] = as_json(self._keep_ideas(result))
            case "titles":
                values["message"] = as_json(self._keep_titles(result))
            case "refresh":
                refresh = self.env["blog.ai.refresh"]._open_of(self.post_id)
                values["message"] = as_json(refresh._set_answer(result.renewal))
            case "outline":
                values["text"] = "\n".join(result.headings)
                values["message"] = as_json(self._keep_outline(result))
            case "section":
                values["text"] = safe_html(result.html)
                values["message"] = as_json(Message("ask.section"))
            case "picture":
                values["message"] = as_json(self._keep_pictures(result))
            case "test":
                values["message"] = as_json(self._set_tested(calls[-1]))
            case "models":
                self.provider_id._set_available_models(result)
                count = {"count": str(len(result.names))}
                values["message"] = as_json(Message("ask.models", count))
        return values

    def _keep_ideas(self, result: llm.Ideas) -> Message:
        topics = self.env["blog.ai.topic"]
        if self.blog_id:
            topics = topics._keep_ideas(self.blog_id, self.company_id, result.ideas)
        kept, left_out = len(topics), len(result.ideas) - len(topics)
        key = "ask.ideas" if kept else "ask.no_ideas"
        if kept and left_out:
            key = "ask.some_ideas"
        return Message(key, {"count": str(kept), "left": str(left_out)})

    def _keep_titles(self, result: llm.Titles) -> Message:
        titles = self.env["blog.ai.title"]
        titles.create([{"name": name, "ask_id": self.id} for name in result.titles])
        return Message("ask.titles", {"count": str(len(result.titles))})

    def _keep_outline(self, result: llm.Outline) -> Message:
        # Another window of the same person may wait for the same call.
        waiting = self.env["blog.ai.write"].search([("ask_id", "=", self.id)])
        (waiting | self.write_id)._set_outline(result.headings)
        return Message("ask.outline", {"count": str(len(result.headings))})

    def _set_tested(self, call) -> Message:
        provider = self.provider_id
        provider._set_last_test(call)
        provider._set_alerts_done()
        values = {
            "provider": provider.name,
            "ms": str(call.milliseconds),
            "model": call.model_answered or call.model or "",
        }
        return Message("ask.answered", values)
