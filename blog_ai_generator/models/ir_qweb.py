# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import models

from ..internals import ormcache, template_cache_keys

# Context key: templates that are given as text are kept once they are compiled.
COMPILED_ONCE = "blog_ai_compiled_once"


class IrQweb(models.AbstractModel):
    """Compile the body of an email template once, not anew for each post."""

    _inherit = "ir.qweb"

    def _compile(self, template):
        if (
            self.env.context.get(COMPILED_ONCE)
            and etree.iselement(template)
            and self._blog_ai_cache_keys()
        ):
            source = etree.tostring(template)
            return self._blog_ai_compiled(source, super()._compile, template)
        return super()._compile(template)

    @ormcache("source", "self._blog_ai_cache_keys()", cache="templates")
    def _blog_ai_compiled(self, source: bytes, compile_template, template) -> tuple:
        """Compile a template, unless one with the same source has been compiled."""
        return compile_template(template)

    def _blog_ai_cache_keys(self) -> tuple:
        return template_cache_keys(self.env)
