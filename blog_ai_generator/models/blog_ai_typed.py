# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..llm.text import visible


class BlogAiTyped(models.AbstractModel):
    """Text is stored without what cannot be seen, whoever sends it, on every way in.

    A NUL that a remote call sends is more than the database takes; other control
    characters would go on to a provider, or reverse what is read of a title.
    """

    _name = "blog.ai.typed"
    _description = "Text as People Type It"

    # Names of fields: on a single line, and with their line breaks.
    _typed_line: tuple[str, ...] = ()
    _typed_text: tuple[str, ...] = ()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._cleaned(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._cleaned(vals))

    @api.model
    def _cleaned(self, vals: dict) -> dict:
        typed = {
            name: visible(vals[name])
            for name in (*self._typed_line, *self._typed_text)
            if isinstance(vals.get(name), str)
        }
        lines = {
            name: " ".join(typed[name].split())
            for name in self._typed_line
            if name in typed
        }
        return {**vals, **typed, **lines}
