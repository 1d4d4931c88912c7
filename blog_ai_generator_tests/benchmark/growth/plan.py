# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The list of measures, which is read outside Odoo by the command, and inside."""

# Generations of a new blog and of one that has grown; half of them have posts.
SMALL, LARGE = 1_000, 100_000
FEW_SLOTS, MANY_SLOTS = 10, 500
# Fields that the log is grouped by.
GROUPS = ("state", "provider_id", "blog_id", "create_date:day")
