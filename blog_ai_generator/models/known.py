# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def known(env, xmlid: str):
    """The record of an external id that the pump needs for each post.

    ``env.ref`` asks the database each time whether the record still exists.

    :raises ValueError: when nothing has that external id
    """
    model, record_id = env["ir.model.data"]._xmlid_to_res_model_res_id(
        xmlid, raise_if_not_found=True
    )
    return env[model].browse(record_id)
