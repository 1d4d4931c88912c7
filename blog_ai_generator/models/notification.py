# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
CLOSE = {"type": "ir.actions.act_window_close"}
RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}


def notification(message: str, kind: str = "success", following: dict = CLOSE) -> dict:
    """What a button answers to say something, and the action that follows it.

    :param kind: “success” or “warning”
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"type": kind, "message": message, "next": following},
    }
