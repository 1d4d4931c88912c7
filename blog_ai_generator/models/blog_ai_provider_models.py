# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import dataclasses
from datetime import timedelta

from odoo import api, fields, models

from .. import llm
from ..database import database_hold
from ..messages import Message, render
from .blog_ai_model_end_mixin import NOTICES

# Days between two requests for the models of a provider.
REFRESH_DAYS = 7
KNOWN = [field.name for field in dataclasses.fields(llm.ModelInfo)]


class BlogAiProviderModels(models.Model):
    """The models that a provider lists, and the days on which they end."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    # One entry a model: its name, or what is known of it by the names of `ModelInfo`.
    available_models = fields.Json(copy=False)
    models_at = fields.Datetime("Models Fetched", readonly=True, copy=False)
    model_note = fields.Char(compute="_compute_model_note")
    model_ends_on = fields.Date("Model Ends", compute="_compute_model_ends_on")
    is_model_ending = fields.Boolean(compute="_compute_model_ends_on")

    @api.depends("model", "available_models")
    @api.depends_context("lang", "uid")
    def _compute_model_note(self):
        for provider in self:
            ending = provider._ending(provider.model)
            provider.model_note = ending and render(self.env, ending)

    @api.depends("model", "available_models")
    def _compute_model_ends_on(self):
        for provider in self:
            ends_on = provider._model_info(provider.model).ends_on
            provider.model_ends_on = ends_on or False
            provider.is_model_ending = bool(provider._model_warning(""))

    def _set_available_models(self, found: llm.ModelList) -> None:
        self.available_models = [_entry(model) for model in found.models]
        self.models_at = fields.Datetime.now()
        self._check_model_end()

    def _model_info(self, name: str | bool) -> llm.ModelInfo:
        for entry in self.available_models or ():
            info = _info(entry)
            if info.name == name:
                return info
        return llm.ModelInfo(name or "")

    def _ending(self, name: str | bool) -> Message | None:
        """Return when a model ends or that it has ended; None if neither is known."""
        days = self._days_left(name)
        if days is None:
            return None
        if days < 0:
            return Message("model.ended", {"model": name})
        ends_on = self._model_info(name).ends_on
        return Message("model.ends", {"model": name, "date": ends_on})

    def _model_warning(self, name: str | bool) -> Message | None:
        """Return that a model ends within the days of the first notice, or has ended.

        :param name: empty for the default model
        """
        name = name or self.model
        days = self._days_left(name)
        if days is None or days > NOTICES[0]:
            return None
        ending = self._ending(name)
        return ending._replace(key="model.gone" if days < 0 else "model.ends_soon")

    def _days_left(self, name: str | bool) -> int | None:
        """Return the days until a model ends, negative if it has ended.

        None if no end is announced. The day of a deprecated model may be over, as
        providers put it off.
        """
        info = self._model_info(name)
        if info.lifecycle == "retired":
            return -1
        if not info.ends_on:
            return None
        days = (fields.Date.to_date(info.ends_on) - fields.Date.today()).days
        return None if days < 0 and info.lifecycle == "deprecated" else days

    def _model_in_use(self):
        return self, self.model

    def _users_of_model(self) -> str:
        slots = self.env["blog.ai.slot"].sudo()
        using = [
            ("provider_id", "=", self.id),
            ("model", "in", [False, "", self.model]),
        ]
        names = slots.search(using).mapped("name")
        replaced = self.sudo().search([("fallback_id", "=", self.id)])
        return ", ".join([*names, *replaced.mapped("name")])

    def _set_account_changed(self):
        for provider in self:
            provider._check_model_end()
        return super()._set_account_changed()

    @api.model
    def _cron_models(self) -> None:
        """Refresh the lists of models, and announce the ends of models in use."""
        if database_hold(self.env):
            return
        self._refresh_models()
        self._transact("_announce_ends")

    @api.model
    def _announce_ends(self) -> None:
        chosen = [("model", "!=", False)]
        providers = self.search(chosen)
        slots = self.env["blog.ai.slot"].search(chosen)
        for record in [*providers, *slots]:
            record._check_model_end()

    @api.model
    def _refresh_models(self) -> None:
        before = fields.Datetime.now() - timedelta(days=REFRESH_DAYS)
        due = ["|", ("models_at", "=", False), ("models_at", "<", before)]
        paid = self.search([*due, ("protocol", "!=", "offline")]).filtered(
            lambda provider: provider.is_ready and not provider.is_free
        )
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(paid))
        for provider in paid:
            provider._refresh_own_models()
            if not progress(1):
                break


def _entry(model: llm.ModelInfo) -> str | dict[str, str | int]:
    known = {name: value for name, value in vars(model).items() if value}
    return known if len(known) > 1 else model.name


def _info(entry: str | dict) -> llm.ModelInfo:
    """Return the model of an entry; earlier versions stored names only."""
    if isinstance(entry, str):
        return llm.ModelInfo(entry)
    return llm.ModelInfo(**{name: entry[name] for name in KNOWN if name in entry})
