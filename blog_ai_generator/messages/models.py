# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Language models that their provider switches off."""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

MODELS = {
    "model.ends": Wording(_lt("The provider switches off %(model)s on %(date)s")),
    "model.ended": Wording(_lt("The provider has switched off %(model)s")),
    "model.ends_soon": Wording(
        _lt("The provider switches off %(model)s on %(date)s."),
        _lt("Choose another model in time."),
    ),
    "model.gone": Wording(
        _lt("The provider has switched off %(model)s."), _lt("Choose another model.")
    ),
    "model.replace": Wording(
        _lt("Posts fail from that day on."),
        _lt("Choose another model here and press “Test connection”."),
    ),
    "model.used_by": Wording(_lt("Also affected: %(names)s")),
    "model.replaced": Wording(
        _lt("The provider has switched off %(old)s, so %(new)s replaces it here."),
        _lt("Press “Test connection” and check the prices."),
    ),
}
