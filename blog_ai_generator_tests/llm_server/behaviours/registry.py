# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The register of behaviours: find, apply and list them by name."""

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from ..call import Call
from ..faults import Fault

FAMILIES = ("gpt", "claude", "gemini", "mistral", "llama", "qwen", "o3", "o4", "grok")
Act = TypeVar("Act", bound=Callable[..., None])


class Behaviour(NamedTuple):
    """One behaviour.

    :param act: called with the call, then with the numbers of the name
    :param example: a model's name that chooses it
    """

    act: Callable[..., None]
    example: str
    description: str


BEHAVIOURS: dict[str, Behaviour] = {}


def behaviour(example: str, description: str) -> Callable[[Act], Act]:
    """Register a function under its example's name, without the numbers."""

    def register(function: Act) -> Act:
        name, _arguments = split(example)
        BEHAVIOURS[name] = Behaviour(function, example, description)
        return function

    return register


def writing(
    example: str, description: str
) -> Callable[[Callable[[Call], None]], Callable[[Call], None]]:
    """Register a behaviour of articles: a call without a topic stays good."""

    def register(function: Callable[[Call], None]) -> Callable[[Call], None]:
        def act(call: Call) -> None:
            if call.topic:
                function(call)

        behaviour(example, description)(act)
        return function

    return register


def split(part: str) -> tuple[str, list[float]]:
    """Split ``"latency-2.5"`` into ``("latency", [2.5])``."""
    found = re.fullmatch(r"(.+?)((?:-\d+(?:\.\d+)?)*)", part)
    if not found:
        return part, []
    return found[1], [float(number) for number in found[2].split("-")[1:]]


def apply(names: str, call: Call) -> None:
    """Let every behaviour in ``names`` act on the call.

    :raise Fault: the error answer of a behaviour or of an unknown name
    """
    for part in names.split("+"):
        name, arguments = split(part)
        if name in BEHAVIOURS:
            BEHAVIOURS[name].act(call, *arguments)
        elif not name.rpartition("/")[2].startswith(FAMILIES):
            message = f"The model `{part}` does not exist"
            raise Fault("not_found", message, param="model")


def examples() -> list[str]:
    """Return a model's name for each behaviour; GET /models offers them."""
    return sorted(it.example for it in BEHAVIOURS.values())


def table() -> str:
    """Return the behaviours as lines of text, for the command line."""
    width = max(len(it.example) for it in BEHAVIOURS.values())
    return "\n".join(
        f"  {it.example:<{width}}  {it.description}" for it in BEHAVIOURS.values()
    )
