# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Send a person's requests through all of Odoo's HTTP layers, without a socket."""

import json
import threading

from lxml import etree
from werkzeug.test import Client

from odoo import api
from odoo.http import get_default_session, root
from odoo.service import security

from .statements import statements

NOT_LOADED = ("1", "True")


class Browser:
    """A session and its requests.

    :param registry: the database's registry
    :param uid: the logged-in user; None for a visitor
    """

    def __init__(self, registry, uid: int | None = None):
        self.session = root.session_store.new()
        self.session.update(
            get_default_session(), db=registry.db_name, _trace_disable=True
        )
        if uid:
            with registry.cursor() as cr:
                self._log_in(api.Environment(cr, uid, {}))
        root.session_store.save(self.session)

    def _log_in(self, env) -> None:
        self.session.uid, self.session.login = env.uid, env.user.login
        self.session.session_token = security.compute_session_token(self.session, env)
        self.session.context = dict(env["res.users"].context_get())

    def close(self) -> None:
        root.session_store.delete(self.session)

    def call(self, model: str, method: str, *args, route: str = "call_kw", **kwargs):
        """Make one remote call as the web client does.

        :return: its result, and the SQL statements of the whole request
        :raises RuntimeError: with the server's answer, if it is an error
        """
        kwargs = {"context": self.session.context, **kwargs}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/{route}/{model}/{method}", **params)

    def post(self, path: str, **params):
        """Make one JSON-RPC request, as the scripts of a page do.

        :return: as :meth:`call`, with the same errors
        """
        answer, texts = self._request(
            "POST", path, json={"jsonrpc": "2.0", "method": "call", "params": params}
        )
        content = json.loads(answer)
        if "error" in content:
            raise RuntimeError(content["error"])
        return content["result"], texts

    def get(self, path: str) -> tuple[str, list[str]]:
        """Return a page, and the SQL statements of the whole request."""
        return self._request("GET", path)

    def _request(self, verb: str, path: str, **options) -> tuple[str, list[str]]:
        """Run a request in a new thread, as a server does: Odoo marks the thread."""
        done = {}

        def run():
            with statements() as texts:
                response = Client(root, use_cookies=False).open(
                    path,
                    method=verb,
                    headers={"Cookie": f"session_id={self.session.sid}"},
                    **options,
                )
            done.update(response=response, texts=texts)

        thread = threading.Thread(target=run, name="blog_ai_generator_tests.browser")
        thread.start()
        thread.join()
        response = done["response"]
        if response.status_code != 200:
            raise RuntimeError(f"{verb} {path}: {response.status}")
        return response.get_data(as_text=True), done["texts"]


def specification(env, model: str, kind: str) -> dict:
    """Return the fields that the web client requests for the model's default view."""
    views = env[model].get_views([(False, kind)])["views"]
    return _specify(env[model], etree.fromstring(views[kind]["arch"]))


def _specify(records, arch) -> dict:
    depth = int(arch.xpath("count(ancestor::field)"))
    return {
        node.get("name"): _specify_field(records, node)
        for node in arch.xpath(f".//field[count(ancestor::field) = {depth}]")
    }


def _specify_field(records, node) -> dict:
    field = records._fields[node.get("name")]
    if not field.relational or node.get("invisible") in NOT_LOADED:
        return {}
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    comodel = records.env[field.comodel_name]
    for shown in node.xpath("./list | ./kanban"):
        return {"fields": _specify(comodel, shown), "limit": 40}
    return {"fields": {"display_name": {}}}
