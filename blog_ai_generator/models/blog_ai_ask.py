# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..internals import request_age
from ..messages import Message, render
from ..pump import Question, start
from .blog_ai_cost_mixin import COST_DIGITS
from .blog_ai_gate import NOW

# States of a call that has not ended; the claim's SQL names them too.
OPEN = ("waiting", "asking")
# Kinds of calls that obey holds and budgets, as posts do.
PAID = ("social", "ideas", "titles", "section", "outline", "refresh", "picture")
# Two calls are for the same if these are equal.
ALIKE = ("kind", "provider_id", "model", "post_id", "digest")
# A server that gives no sign of life for so long is taken for dead. It gives one when
# less than half of it is left. Signs follow the clock of the database: by its own, a
# server that is ahead would have people ask, and pay, again.
ALIVE = timedelta(seconds=15)


# It is no wizard: nobody fills it in.
class BlogAiAsk(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """A call to a provider for which a person waits.

    The button that makes it returns at once. The browser looks at it until it has
    ended, and shows what it says. It takes a place at the provider as a post does.
    """

    _name = "blog.ai.ask"
    _description = "Call for a Person"

    kind = fields.Selection(
        [
            ("social", "Social copy"),
            ("ideas", "Ideas"),
            ("titles", "Titles"),
            ("section", "Section"),
            ("outline", "Outline"),
            ("refresh", "New version"),
            ("picture", "Pictures"),
            ("photo", "Photos"),
            ("test", "Connection test"),
            ("models", "Model list"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("asking", "Asking"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    provider_id = fields.Many2one(
        "blog.ai.provider",
        ondelete="cascade",
        readonly=True,
        help="Empty for photos only, which come from Unsplash.",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    blog_id = fields.Many2one("blog.blog", ondelete="set null", readonly=True)
    # A call goes on when its post is deleted: it is logged and paid for.
    post_id = fields.Many2one("blog.post", ondelete="set null", readonly=True)
    generation_id = fields.Many2one(
        "blog.ai.generation", ondelete="set null", readonly=True
    )
    write_id = fields.Many2one("blog.ai.write", ondelete="set null", readonly=True)
    call_id = fields.Many2one(
        "blog.ai.call", ondelete="set null", index="btree_not_null", readonly=True
    )
    model = fields.Char(readonly=True)
    # The version that the question quotes.
    voice_version_id = fields.Many2one(
        "blog.ai.voice.version", "Voice", ondelete="set null", readonly=True
    )
    # A hash of the question; empty where the answer is kept elsewhere.
    digest = fields.Char(readonly=True)
    # True once a window has shown the answer.
    is_seen = fields.Boolean(readonly=True)
    # The most that it may cost.
    worst = fields.Float(digits=COST_DIGITS, readonly=True)
    text = fields.Text(readonly=True)
    # Made by ``messages.as_json``.
    message = fields.Json(readonly=True)
    alive_until = fields.Datetime(
        required=True, readonly=True, default=lambda self: self.env.cr.now() + ALIVE
    )

    _provider = models.Constraint(
        "CHECK (provider_id IS NOT NULL OR kind = 'photo')",
        "A call for a person needs a provider. Choose one in the settings.",
    )
    _open = models.Index("(provider_id) WHERE state IN ('waiting', 'asking')")

    @api.model
    def _ask(self, question: Question, alive: timedelta = ALIVE, **values) -> dict:
        """Ask a provider after the commit, in the background.

        A second click of the same person for the same finds the first call: it runs in
        another window, or its window was closed before the answer came. So does one at
        the same time, which Odoo repeats. The click of somebody else is refused while
        the call runs, so that nobody pays for the same twice.

        :param question: of ``llm``; sees plain data only
        :param alive: until the first sign of life is due
        :return: what the browser needs to follow it
        :raises UserError: if no call may be made now
        """
        values["digest"] = values["kind"] in PAID and _digest(question)
        alike = tuple(values.get(name) or False for name in ALIKE)
        self.env["blog.ai.gate"].sudo()._pass_alone([alike])
        ask = self.sudo()._same_one(values)
        if not ask:
            until = self.env.cr.now() + alive
            ask = self.sudo().create({**values, "alive_until": until})
            if message := ask._refusal():
                # A caller may catch this, and ask again in the same transaction.
                ask.state = "failed"
                raise UserError(render(self.env, message))
            ask._start(question)
        return ask._followed()

    def _followed(self) -> dict:
        """Return what the browser needs to follow this call."""
        provider = self.provider_id
        return {"id": self.id, "provider_id": provider.id, "provider": provider.name}

    def _same_one(self, values: dict):
        alike = Domain([(name, "=", values.get(name) or False) for name in ALIKE])
        own = Domain("create_uid", "=", self.env.uid)
        if values["kind"] not in (*PAID, "photo"):
            found = alike & own & self._alive()
            return self.search(found, order="id desc", limit=1)
        unseen = own & Domain([("state", "=", "done"), ("is_seen", "=", False)])
        found = self.search(alike & (self._running() | unseen), order="id desc")
        mine = found.filtered(lambda ask: ask.create_uid == self.env.user)[:1]
        return mine or found._check_mine()

    @api.model
    def _running(self) -> Domain:
        """Return the domain of calls that ran when this request began, or run now."""
        runs = self._alive()
        # A repeated request may come after the first answer is shown already.
        if age := request_age():
            began = self.env.cr.now() - age
            # Odoo's own comparison takes the start of the second: a click after the
            # answer would find that answer.
            since = Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s >= %s", model._field_to_sql(alias, "write_date", query), began
                )
            )
            runs |= Domain("state", "in", ("done", "failed")) & since
        return runs

    @api.model
    def _alive(self) -> Domain:
        return Domain([("state", "in", OPEN), ("alive_until", ">", self.env.cr.now())])

    def _is_alive(self) -> bool:
        return self.state in OPEN and self.alive_until > self.env.cr.now()

    def _check_mine(self):
        """Return these calls.

        :raises UserError: if one of them is somebody else's
        """
        others = self.create_uid - self.env.user
        if others:
            raise UserError(
                self.env._(
                    "%(person)s is asking for the same already. Ask them for the "
                    "answer, or try again in a minute.",
                    person=others[0].name,
                )
            )
        return self

    def _start(self, question: Question) -> None:
        self.env.cr.postcommit.add(self._starter(question))

    def _starter(self, question: Question) -> Callable[[], None]:
        return partial(start, self.env.registry, self.id, question)

    def look(self) -> dict:
        """Return how far a call of this person is.

        :return: ``state``; ``message`` for the person, once it has ended; ``text``;
            ``is_lost``, true while the server that asked gives no sign of life; for the
            form of the provider, ``here``, the message as it reads there, and
            ``is_noted``, true if the form shows it anyway
        """
        self.ensure_one()
        self.check_access("read")
        ask = self.sudo()
        if ask.state in OPEN and not ask._is_alive():
            lost = render(self.env, Message("ask.lost"))
            return {"state": "failed", "message": lost, "text": False, "is_lost": True}
        if ask.state == "done" and not ask.is_seen:
            ask.is_seen = True
        message = ask.message and render(self.env, ask.message)
        seen = {"state": ask.state, "message": message, "text": ask.text}
        if ask.state == "failed" and ask.kind in ("test", "models"):
            noted = ask.kind == "test" and ask.provider_id.last_test_message
            seen["here"] = render(self.env, ask.message, here=True)
            seen["is_noted"] = ask.message == noted
        return seen

    def cancel(self) -> None:
        """End the call of this person; its connection is cut within a second."""
        self.check_access("read")
        self.sudo().filtered(lambda ask: ask.state in OPEN).state = "cancelled"

    def _goes_on(self) -> bool:
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT alive_until < %s + %s FROM blog_ai_ask "
                "WHERE id = %s AND state = ANY(%s)",
                NOW,
                ALIVE / 2,
                self.id,
                [*OPEN],
            )
        )
        row = self.env.cr.fetchone()
        if row and row[0]:
            self._set_alive()
        return bool(row)

    def _set_alive(self) -> None:
        # Raw, so that the vacuum of old rows spares it and nothing is read.
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE blog_ai_ask SET alive_until = %s + %s, write_date = %s "
                "WHERE id = %s",
                NOW,
                ALIVE,
                NOW,
                self.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["alive_until", "write_date"], flush=False)


def _digest(question: Question) -> str:
    """Return the SHA-256 of the text and the limits that a question consists of."""
    return sha256(repr(getattr(question, "args", "")).encode()).hexdigest()
