# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Changes after which no post can come of a brief any more."""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

BRIEFS = {
    "brief.blog": Wording(
        _lt("The blog %(name)s is archived."),
        _lt(
            "Restore it under Website ▸ Configuration ▸ Blogs, filter “Archived”, or "
            "choose another blog."
        ),
    ),
    "brief.language": Wording(
        _lt("The language %(language)s is not active in Odoo."),
        _lt(
            "Choose another language, or ask an administrator to activate it under "
            "Settings ▸ Translations ▸ Languages."
        ),
        _lt(
            "Choose another language, or activate it under Settings ▸ Translations ▸ "
            "Languages."
        ),
    ),
    "brief.company": Wording(
        _lt("The company %(name)s is archived."),
        _lt("Choose another blog, or ask an administrator to restore the company."),
        _lt(
            "Choose another blog, or restore it under Settings ▸ Users & Companies ▸ "
            "Companies."
        ),
    ),
    "brief.author": Wording(
        _lt("The author %(name)s is archived."),
        _lt("Choose another author, or restore this one in the contacts."),
    ),
    "brief.post_gone": Wording(
        _lt("The post that was to be translated was deleted."),
        _lt("Translate another post."),
    ),
    "brief.template": Wording(
        _lt("The recipients could not be notified: the email template was deleted."),
        _lt(
            "Write it as a draft or without recipients, or ask an administrator to "
            "upgrade the app, which restores the template."
        ),
        _lt(
            "Upgrade the app, which restores the template, or write it as a draft or "
            "without recipients."
        ),
    ),
}
