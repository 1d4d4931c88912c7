# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The reasons of targets that are missed, and what was tried.

The keys are those of ``TARGETS``: of the benchmark, of growth, and of ``cold_table``.
"""

from .growth.plan import GROUPS

WAVES = (
    "The first call begins 0.19 s after the posts are queued, and each wave lags "
    "0.05 to 0.12 s behind: the two cores are busy. Tried and kept: calls begin before "
    "answers are stored. Tried without a gain: longer bursts, notifications from a "
    "thread of their own."
)
GROUPED = (
    "Odoo counts every row of each group, by a query of its own: a hundred times the "
    "rows take it ten to thirty times as long. Tried without a gain that is worth it: "
    "an index of company and group takes 40 instead of 63 ms by state and 59 instead "
    "of 96 ms by day, still several times as long as in a new blog, and each change of "
    "a generation's state would be written to it."
)
REASONS = {
    "share_p50": "Posts have got covers, links to pages and a check of each section, "
    "which made it 243 ms at first. Tried and kept: covers are drawn while the "
    "provider writes, calls begin before others are notified of the claim.",
    "throughput": WAVES,
    "others_form": "The form answers within 20 ms, so that a few milliseconds of the "
    "pump on the same two cores count. Full runs before had 0.84 and 1.06 ×. Nothing "
    "was tried.",
    "speed_computed": "Three runs of `make speed`, which measures nothing else, had "
    "0.42 to 0.45 ×. Tried and kept: one connection for all notifications, a quicker "
    "check of answers, less work to rank pages for links.",
    "speed_alone": "It is about the same time: three runs of `make speed` had 0.96 to "
    "1.00 ×. Tried and kept: two transactions less for a post alone, which took 1.12 "
    "to 1.33 × before.",
    "bursts_32": WAVES,
    "bursts_64": "As with 32 in flight, and each wave has twice the posts to store.",
    "memory_32": "It was 149 MB before posts had covers, which the pump draws. Tried "
    "without a gain: fewer covers at once.",
    "memory_64": "A tenth of a megabyte above; the full run before had 164 MB. Nothing "
    "was tried.",
    "after_answer_p50": "34 workers of queue_job store a post each; here one process "
    "stores all, with a sixth of the memory. Tried and kept: covers are drawn while "
    "the provider writes; a full run before had 1.30 ×.",
    "slot_time": "Each of 500 topics is compared with 500 that wait or are written, "
    "not with 10: two of four runs had 1.18 and 1.19 ×. The two others took 18 instead "
    "of 13 ms a slot once PostgreSQL had counted the new rows. Tried: a median of "
    "five runs, and vacuuming before each, which shows it more often. Its plan was not "
    "looked at yet.",
    **{f"by {group}": GROUPED for group in GROUPS},
}
