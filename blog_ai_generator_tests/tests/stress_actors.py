# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People and cron workers that the stress tests let loose on a server."""

import select
import socket
import threading

import requests

from odoo import sql_db
from odoo.service import server

from odoo.addons.base.models.ir_cron import IrCron

from .pump_case import PATIENCE


class Refused(Exception):
    """The message that a person reads when a request is refused."""


class Person:
    """A person with a browser of their own: each click is a real request.

    :param sid: id of a logged-in session
    """

    def __init__(self, sid: str):
        port = server.server.httpd.server_port
        self._url = f"http://127.0.0.1:{port}/web/dataset/call_kw"
        self._http = requests.Session()
        self._http.cookies.set("session_id", sid)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._http.close()

    def click(self, model: str, method: str, *args, **kwargs):
        """Call a method as a button does.

        :raises Refused: with the message that is shown
        """
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        response = self._http.post(
            f"{self._url}/{model}/{method}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=PATIENCE,
        )
        response.raise_for_status()
        answer = response.json()
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer["result"]


class CronWorker(threading.Thread):
    """One of Odoo's cron workers: NOTIFY wakes it, and it runs jobs that are due."""

    def __init__(self, db_name: str):
        super().__init__(name=f"stress.{db_name}", daemon=True)
        self.db_name = db_name
        self.listening = threading.Event()
        self._ending, self._end = socket.socketpair()

    def run(self):
        with sql_db.db_connect("postgres").cursor() as cr, self._ending:
            cr.execute("LISTEN cron_trigger")
            # LISTEN takes effect with the commit.
            cr.commit()  # pylint: disable=invalid-commit
            self.listening.set()
            while True:
                IrCron._process_jobs(self.db_name)
                ready, *_rest = select.select([cr._cnx, self._ending], [], [])
                if self._ending in ready:
                    return
                cr._cnx.poll()
                cr._cnx.notifies.clear()

    def end(self) -> None:
        """Stop after the current jobs."""
        self._end.close()
