# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The same posts by this pump, by OCA's ``queue_job`` and inside the request.

Each way has a server of its own, on a copy of the same database, which is warmed up
before anything is measured. The same people click in the same wizard on the same
topics: from these follow the prompt and the article of the fake LLM server, which
takes the same seconds for each. All call it through the same ``llm.write()`` and make
the same post by the same ``_store()``, published at once, without recipients and thus
without mail. The same two others are at work meanwhile. Only what is between differs:

- The pump commits before the call and after it. A job is one transaction unless its
  code commits, and so is a request: it stays open during the call.
- The pump, and ``queue_job`` with a worker for each call, make ``WIDTH`` calls at once.
  A post that is asked for meanwhile waits for room, which counts as “click → call”.
- Whoever is written for inside the request asks for nothing else meanwhile: there are
  never more calls than people, and here than workers.
- All servers have as many scheduled-action workers, for which only the pump has use.
"""
