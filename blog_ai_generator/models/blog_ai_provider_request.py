# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import llm

# Characters. Far more than a request needs besides its text; sent with each call.
MAX_REQUEST_FIELDS = 4000


class BlogAiProviderRequest(models.Model):
    """Settings of a request for a post besides the prompt: limit, thinking, format."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    max_output_tokens = fields.Integer(
        compute="_compute_max_output_tokens",
        store=True,
        readonly=False,
        precompute=True,
        help="The most tokens that an answer may have, thinking included. An article "
        "of 800 words needs about 1,500 tokens; models that think need thousands more.",
    )
    # Empty sends nothing, so that the provider's own default counts.
    thinking = fields.Selection(
        "_selection_thinking",
        compute="_compute_thinking",
        store=True,
        readonly=False,
        precompute=True,
        help="How much a model may think before it writes. Thinking is paid as output, "
        "takes time and seldom improves a post. Leave empty for the provider's "
        "default.",
    )
    answer_format = fields.Selection(
        "_selection_answer_format",
        required=True,
        default="auto",
        help="How the provider is asked for the parts of a post. Automatic begins with "
        "the strictest format that the service supports and falls back to milder ones.",
    )
    request_fields = fields.Text(
        "Further Request Fields",
        compute="_compute_request_fields",
        store=True,
        readonly=False,
        precompute=True,
        groups="base.group_system",
        help="A JSON object that is merged into each request, such as "
        '{"temperature": 0.7}. The value null removes a field.',
    )

    _max_output_tokens_enough = models.Constraint(
        "CHECK (max_output_tokens BETWEEN 1500 AND 1000000)",
        "Allow 1,500 to 1,000,000 tokens: with fewer, no article fits.",
    )

    @api.model
    def _selection_thinking(self) -> list[tuple[str, str]]:
        return [
            ("none", self.env._("None")),
            ("low", self.env._("Low")),
            ("medium", self.env._("Medium")),
            ("high", self.env._("High")),
        ]

    @api.model
    def _selection_answer_format(self) -> list[tuple[str, str]]:
        return [
            ("auto", self.env._("Automatic")),
            ("json_schema", self.env._("JSON schema")),
            ("json_object", self.env._("JSON object")),
            ("text", self.env._("Text")),
        ]

    # A method for each: Odoo recomputes all fields of a method when one is new.
    @api.depends("preset")
    def _compute_max_output_tokens(self):
        for provider in self:
            provider.max_output_tokens = provider._preset().max_output_tokens

    @api.depends("preset")
    def _compute_thinking(self):
        for provider in self:
            provider.thinking = provider._preset().thinking or False

    @api.depends("preset")
    def _compute_request_fields(self):
        for provider in self:
            options = dict(provider._preset().options)
            provider.request_fields = json.dumps(options) if options else False

    @api.constrains("request_fields")
    def _check_request_fields(self):
        for text in self.sudo().filtered("request_fields").mapped("request_fields"):
            found = _json(text)
            if not isinstance(found, dict) or len(text) > MAX_REQUEST_FIELDS:
                raise ValidationError(
                    self.env._(
                        "Further request fields must be a JSON object of at most "
                        '%(most)s characters, such as {"temperature": 0.7}.',
                        most=MAX_REQUEST_FIELDS,
                    )
                )
            if reserved := sorted(llm.RESERVED_OPTIONS & found.keys()):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be a further request field, because Blog AI "
                        "sets it itself. Remove it.",
                        name=reserved[0],
                    )
                )

    def _preset(self) -> llm.Preset:
        return llm.PRESETS.get(self.preset) or llm.PRESETS["compatible"]

    def _request_options(self) -> dict:
        found = _json(self.request_fields or "{}")
        return found if isinstance(found, dict) else {}


def _json(text: str) -> object:
    """Return what a JSON text says; None if it is none."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> None:
    """Refuse NaN and Infinity, which Python reads although they are no JSON."""
    raise ValueError(constant)
