# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Good answers, and the time they take."""

import math

from ..call import Call
from .registry import behaviour

# 90 % of a normal distribution lie within this many standard deviations.
Z_90 = 1.6449


@behaviour("good", "an article of about 800 words, another one for each topic")
def good(call: Call) -> None:
    pass


@behaviour("latency-2.5", "good after 2.5 seconds")
def latency(call: Call, seconds: float = 1.0) -> None:
    call.wait(seconds)


@behaviour("lognormal-8-25", "good; 5 % come before 8 s, 5 % after 25 s (seeded)")
def lognormal(call: Call, fast: float = 8.0, slow: float = 25.0) -> None:
    low, high = math.log(fast), math.log(slow)
    spread = (high - low) / (2 * Z_90)
    call.wait(call.rng.lognormvariate((low + high) / 2, spread))


@behaviour("hold", "good once the test calls release()")
def hold(call: Call) -> None:
    call.wait_for_release()


@behaviour("never", "accepts the call and never answers")
def never(call: Call) -> None:
    call.wait(None, releasable=False)


@behaviour("reasoning", "good; 512 reasoning and 128 cached tokens in its usage")
def reasoning(call: Call) -> None:
    call.cached, call.reasoning = 128, 512


@behaviour("no-usage", "good, without any usage")
def no_usage(call: Call) -> None:
    call.change(lambda payload: payload.pop("usage"))
