# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields


def known(env, xmlid: str):
    """The record of an external id that the pump needs for each post.

    ``env.ref`` asks the database each time whether the record still exists.

    :raises ValueError: when nothing has that external id
    """
    model, record_id = env["ir.model.data"]._xmlid_to_res_model_res_id(
        xmlid, raise_if_not_found=True
    )
    return env[model].browse(record_id)


def wake(env, xmlid: str, at=None) -> None:
    """Run a scheduled action once this transaction is committed, or at a moment.

    Like ``ir.cron._trigger``, which first asks the database whether the action is
    active. A wake-up of one that is not is deleted by Odoo after a week.
    """
    cron, now = known(env, xmlid).sudo(), fields.Datetime.now()
    env["ir.cron.trigger"].sudo().create({"cron_id": cron.id, "call_at": at or now})
    if not at or at <= now:
        env.cr.postcommit.add(cron._notifydb)
