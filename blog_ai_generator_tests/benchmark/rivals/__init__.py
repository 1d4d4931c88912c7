# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The same posts by this pump, by OCA's ``queue_job`` and inside the request.

All of them start from the same database, and from the same click of the same people in
the same wizard; they call the same provider in a box through the same ``llm.write()``
and make the same post by the same ``_store()``. Only what is between differs.
"""
