# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Language models that their provider switches off."""

from odoo.tools import LazyTranslate

from .message import Wording

_lt = LazyTranslate(__name__)

MODELS = {
    "model.replaced": Wording(
        _lt("The provider has switched off %(old)s, so %(new)s replaces it here."),
        _lt("Press “Test connection” and check the prices."),
    ),
}
