# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The size of each measurement."""

from typing import NamedTuple

# 5 % of the answers come before 8 s, 5 % after 25 s.
PROVIDER = "lognormal-8-25"
WIDTH = 32
# 100 posts, 32 at once, are four waves.
BATCH, SECONDS_EACH = 100, 2.0
# The same with more calls at once; the last wave is not full.
WIDE, WIDE_BATCH = 64, 200
# Answers whose store is counted.
BURST = 16


class Plan(NamedTuple):
    """The number of samples of each measurement.

    :param warm_up: posts written before anything is measured
    :param batches: repetitions of the 100 posts of 2 s
    :param posts: generations for the latency
    :param per_second: rate at which they are requested
    :param waves: repetitions of the 32 posts that bystanders notice
    :param wave: model of these posts
    :param idle_seconds: time for bystanders alone, before and after
    :param journeys: runs of journeys; without a failure among 500, less than 0.6 %
        fail, with a confidence of 95 %
    """

    warm_up: int
    batches: int
    posts: int
    per_second: float
    waves: int
    wave: str
    idle_seconds: float
    journeys: int


FULL = Plan(
    warm_up=20,
    batches=3,
    posts=200,
    per_second=1.5,
    waves=2,
    wave=PROVIDER,
    idle_seconds=15,
    journeys=510,
)
QUICK = Plan(
    warm_up=4,
    batches=1,
    posts=20,
    per_second=5,
    waves=1,
    wave="latency-6",
    idle_seconds=4,
    journeys=20,
)

# Code for `LiveServer`, run after the fixtures of the tours.
PREPARE = """
blog = env["blog.blog"].create({"name": "Load"})
garden = env["blog.blog"].search([("name", "=", "Garden Notes")])
env["blog.post"].create(
    [
        {"name": f"Bed number {number}", "blog_id": garden.id, "is_published": True}
        for number in range(12)
    ]
)
"""
