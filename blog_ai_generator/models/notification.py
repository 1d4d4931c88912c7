# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}


def notification(
    message: str, kind: str = "success", following: dict | None = None
) -> dict:
    """What a button answers to say something.

    :param kind: “success” or “warning”
    :param following: the action that follows it; without one, the dialog is closed
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "message": message,
            "next": following or {"type": "ir.actions.act_window_close"},
        },
    }
