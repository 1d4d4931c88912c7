# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError

from .blog_post import EDITORS


class BlogAiGenerationAccess(models.Model):
    """Say in one sentence who may see generations, of which people get the address."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if refused and not self.env.user.has_group(EDITORS):
            return refused[0], self._make_editors_error
        return refused

    def _make_editors_error(self) -> AccessError:
        return AccessError(
            self.env._(
                "Only website editors see what Blog AI writes. Ask an administrator "
                "for the right “Editor and Designer” of Website."
            )
        )
