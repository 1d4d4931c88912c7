# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare this pump with OCA's ``queue_job`` and with writing inside the request.

Each way has a server of its own on a copy of the same database, and is warmed up before
it is measured. The same people click in the same wizard on the same topics, which fix
the prompt, the fake LLM server's article and its seconds. All ways call the provider
with the same ``llm.write()`` and create the post with the same ``_store()``, published
at once, without recipients and thus without email. The same two bystanders work
meanwhile. The ways differ only in between:

- The pump commits before and after the call. A job is one transaction unless its code
  commits, and so is a request: it stays open during the call.
- The pump, and ``queue_job`` with a worker for each call, make ``WIDTH`` calls at once.
  A post that is requested meanwhile waits for room, which counts as “click → call”.
- A person whose post is written inside the request requests nothing else meanwhile:
  there are never more calls than people, and here never more than workers.
- All servers have the same number of cron workers, but only the pump uses them.
"""
