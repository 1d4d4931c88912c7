# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Callable, Iterable
from importlib import import_module
from inspect import Parameter, signature

from odoo import models

from ..internals import addons_changed

TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
TEXTS = {"type": "array", "items": TEXT}
RECORDS = {"type": "array", "items": {"type": "object"}}
GENERATION = {"id": NUMBER, "topic": TEXT, "state": TEXT, "review": TEXT, "error": TEXT}
# The JSON schema of an argument, by its annotation.
SCHEMAS = {
    str: TEXT,
    int: NUMBER,
    bool: FLAG,
    int | str: TEXT,
    list[str]: TEXTS,
    Iterable[str]: TEXTS,
    list[int]: {"type": "array", "items": NUMBER},
}
# Method: its description and result. Its arguments are those of its signature.
TOOLS = {
    "add_topics": (
        "Add topics to the queue of a blog. They are written by its daily slots.",
        {"topics": RECORDS},
    ),
    "write_draft": (
        "Have a draft of a blog post written, which a person reviews and publishes.",
        GENERATION,
    ),
    "get_state": (
        "Say what became of drafts that were asked for.",
        {"generations": RECORDS},
    ),
    "list_reviews": ("List the drafts that wait for a review.", {"reviews": RECORDS}),
}


class BlogAiApiTools(models.AbstractModel):
    """Offer the methods as tools of OCA's ``ai_tool`` where that addon is installed.

    An MCP server built on it finds them among its tools.
    """

    _inherit = "blog.ai.api"  # pylint: disable=consider-merging-classes-inherited

    def _register_hook(self):
        result = super()._register_hook()
        if "ai.tool" in self.env:
            self._mark_tools()
            # Records only when addons change: workers load the registry side by side.
            if addons_changed(self.env):
                self._create_tools()
        return result

    def _mark_tools(self) -> None:
        aitool = import_module("odoo.addons.ai_tool.tools").aitool
        for name, (_text, result) in TOOLS.items():
            method = getattr(type(self), name)
            arguments, required = _arguments(method)
            aitool(arguments, result, required_inputs=required)(method)

    def _create_tools(self) -> None:
        tools = self.env["ai.tool"].sudo()
        model = self.env["ir.model"].sudo().search([("model", "=", self._name)])
        present = tools.search([("model_id", "=", model.id)]).mapped("function_name")
        tools.create(
            [
                {
                    "name": f"blog_{name}",
                    "description": text,
                    "model_id": model.id,
                    "function_name": name,
                    "kind": "generic",
                }
                for name, (text, _result) in TOOLS.items()
                if name not in present
            ]
        )


def _arguments(method: Callable) -> tuple[dict, list[str]]:
    """Return the schema of each argument of a method, and those that are required."""
    found = signature(method).parameters.values()
    arguments = [argument for argument in found if argument.name != "self"]
    return (
        {argument.name: SCHEMAS[argument.annotation] for argument in arguments},
        [it.name for it in arguments if it.default is Parameter.empty],
    )
