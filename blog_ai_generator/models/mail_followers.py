# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from copy import deepcopy

from odoo import models

from .blog_blog_message import TOGETHER


class MailFollowers(models.Model):
    """Look up the followers of a blog once for messages that are posted together."""

    _inherit = "mail.followers"

    def _get_recipient_data(self, records, message_type, subtype_id, pids=None):
        messages = self.env.context.get(TOGETHER)
        if not messages:
            return super()._get_recipient_data(records, message_type, subtype_id, pids)
        found = messages.once(
            (records._name, records._ids, message_type, subtype_id, tuple(pids or ())),
            lambda: super(MailFollowers, self)._get_recipient_data(
                records, message_type, subtype_id, pids
            ),
        )
        return deepcopy(found)
