# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2

from odoo import models
from odoo.exceptions import UserError

from .. import llm
from ..messages import Message, failure_message, render
from ..pump import LEAST_TIMEOUT, TRIES, request_seconds
from ..utils import RELOAD, notification

# Seconds of a request for everything but its call.
REQUEST_MARGIN = 20.0


class BlogAiProviderCall(models.Model):
    """Calls that a person waits for: test a connection, list models, propose copy.

    These calls do not go through the pump.
    """

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    def action_test_connection(self):
        self.ensure_one()
        record = self._call_from_button(llm.check_connection).calls[-1]
        self._set_alerts_done()
        return notification(
            self.env._(
                "%(provider)s answered in %(ms)s ms with the model %(model)s.",
                provider=self.name,
                ms=record.milliseconds,
                model=record.model_answered or record.model,
            ),
            following=RELOAD,
        )

    def action_fetch_models(self):
        self.ensure_one()
        found = self._call_from_button(llm.list_models)
        self._set_available_models(found)
        return notification(
            self.env._("%(count)s models are now available.", count=len(found.names)),
            following=RELOAD,
        )

    def _call_from_button(self, function):
        # It costs money and uses the key.
        self.check_access("write")
        return self._call_at_once(function)

    def _call_at_once(self, function, model: str = "", **origin):
        """Call the provider with no transaction open; log the call even if it fails.

        The caller must have checked that the user may spend money.

        :param function: a function of ``llm``; it takes the account and its result has
            ``calls``
        :param origin: further values of the call's log rows
        :raises UserError: with what went wrong and what to do
        """
        if held := self._database_hold():
            raise UserError(render(self.env, held))
        account = self._account(model, self._button_deadline())
        # A provider may take seconds: keep no snapshot and no lock meanwhile.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        try:
            result = function(account)
        except llm.LLMError as error:
            self._log_paid_calls(error.calls, **origin)
            self._set_last_test_message(error)
            # The call stays logged when the button's own transaction is rolled back.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            raise UserError(self._why_not_at_once(error)) from error
        self._log_paid_calls(result.calls, **origin)
        return result

    def _why_not_at_once(self, error) -> str:
        # A button has its own time limit, whatever is set for articles.
        if error.code != "timeout":
            return render(self.env, failure_message(error))
        seconds = str(round(self._button_deadline()))
        values = {"provider": self.name, "count": seconds}
        return render(self.env, Message("provider.slow", values))

    def _button_deadline(self) -> float:
        """Return the seconds for a call that a person waits for.

        The call holds a request worker, which Odoo stops after ``limit_time_real``.
        """
        longest = max(request_seconds() - REQUEST_MARGIN, LEAST_TIMEOUT)
        return min(self.time_limit, longest)

    def _log_paid_calls(self, records, **origin):
        """Log calls in a transaction that began after them.

        A conflict with a concurrent change of the same generation is retried here:
        Odoo would repeat the whole request, and so pay for another call.
        """
        for tried in range(1, TRIES + 1):
            try:
                self._log_calls(records, **origin)
                return
            except psycopg2.errors.SerializationFailure:
                if tried == TRIES:
                    raise
                self.env.cr.rollback()

    def _log_calls(self, records, **origin):
        calls = self.env["blog.ai.call"].sudo()
        calls = calls.create(
            [
                {
                    **calls._prepare_record(record, self._prices(record.model)),
                    "provider_id": self.id,
                    "company_id": self.env.company.id,
                    **origin,
                }
                for record in records
            ]
        )
        calls.generation_id._add_spending(calls)
        self.env["blog.ai.budget"]._settle(
            self.env.company,
            calls.generation_id.blog_id,
            self.currency_id.id,
            sum(calls.mapped("cost")),
        )
