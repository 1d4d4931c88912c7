# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import models
from odoo.exceptions import UserError

from .. import llm
from ..messages import Message, render
from ..pump import Question, Reaction, react, transact
from ..utils import follow_ask

_logger = logging.getLogger(__name__)


class BlogAiProviderCall(models.Model):
    """Calls that are not for a post: test a connection, list models."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    def action_test_connection(self):
        return self._ask_from_button("test", llm.check_connection)

    def action_fetch_models(self):
        return self._ask_from_button("models", llm.list_models)

    def _ask_from_button(self, kind: str, question: Question) -> dict:
        # It costs money and uses the key.
        self.check_access("write")
        if not self.is_ready and not self._database_hold():
            # Nothing was tested: no call is logged and no badge says that it failed.
            raise UserError(render(self.env, Message("provider.enter_key")))
        asks = self.env["blog.ai.ask"]
        return follow_ask(asks._ask(question, **self._prepare_ask(kind)))

    def _prepare_ask(self, kind: str) -> dict:
        self.ensure_one()
        return {
            "kind": kind,
            "provider_id": self.id,
            "company_id": self.env.company.id,
            "worst": self._worst_cost() if kind == "test" else 0.0,
        }

    def _refresh_own_models(self) -> None:
        """Fetch the models; commits, as no transaction may be open during a call.

        A provider that takes no requests now is asked another day. One that fails is
        asked again next week: the call's log row says why.
        """
        begun = self._transact("_begin_models")
        if not begun:
            return
        ask_id, account = begun
        reaction = react(llm.list_models, account, llm.Cancellation())
        self._transact("_end_models", ask_id, reaction)
        if reaction.error:
            _logger.info("The models of %s were not fetched", self.name)

    def _transact(self, name: str, *args):
        """Commit, then call a method in a transaction that is repeated on a conflict.

        Claims and other calls change the same rows as a scheduled action, whose own
        transaction Odoo does not repeat.
        """
        self.env.cr.commit()  # pylint: disable=invalid-commit

        def call(env):
            return getattr(self.with_env(self.env(cr=env.cr)), name)(*args)

        result = transact(self.env.registry, call)
        self.env.invalidate_all()
        return result

    def _begin_models(self) -> tuple[int, llm.Account] | None:
        ask = self.env["blog.ai.ask"].create(self._prepare_ask("models"))
        account = ask._begin()
        if not account:
            ask.cancel()
            return None
        self.models_at = self.env.cr.now()
        return ask.id, account

    def _end_models(self, ask_id: int, reaction: Reaction) -> None:
        self.env["blog.ai.ask"].browse(ask_id)._end(reaction)
