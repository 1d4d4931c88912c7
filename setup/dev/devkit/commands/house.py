"""Measure docstrings, lengths, imports and types of the source against bounds.

Each row is a measure, each column a part of the repository: the product,
`blog_ai_generator_tests`, `setup`. Docstrings and lengths of functions are those of the
code that is not a test. A file's length counts everywhere, of XML too, except where a
file has a single record.
"""

import ast
from collections.abc import Callable, Iterable
from typing import NamedTuple

from .. import measures
from ..measures import Source
from ..paths import ADDONS, ROOT
from ..steps import say

PARTS = (*ADDONS, "setup")
LONGEST = 350  # lines of a file
TYPED = (
    "blog_ai_generator.llm.",
    "blog_ai_generator.networks.",
    "blog_ai_generator.pictures.",
    "blog_ai_generator.pump.",
    "blog_ai_generator_tests.llm_server.",
)
SHOWN = 20  # places that are listed for a measure that misses its bound


class Figure(NamedTuple):
    """One measure of one part.

    :ivar places: the lines or files that exceed the bound, to repair
    """

    value: float
    places: Iterable[str] = ()


class Measure(NamedTuple):
    name: str
    unit: str
    bound: float | None  # None if it is only shown
    figure: Callable[[list[Source]], Figure]
    at_least: bool = False

    def is_met(self, figure: Figure) -> bool:
        if self.bound is None:
            return True
        value = figure.value
        return value >= self.bound if self.at_least else value <= self.bound


def run() -> int:
    parts = by_part(measures.sources(ROOT, PARTS))
    documents = by_part(measures.documents(ROOT, PARTS))
    say(f"{'':<36}{'product':>9}{'tests':>9}{'setup':>9}   bound")
    missed = [show(measure, parts) for measure in MEASURES]
    return int(any([*missed, show(OF_DOCUMENTS, documents)]))


def by_part(found: list[Source]) -> list[list[Source]]:
    return [[it for it in found if it.path.is_relative_to(ROOT / p)] for p in PARTS]


def show(measure: Measure, parts: list[list[Source]]) -> bool:
    """Print a row and the places that miss the bound; return True if there are any."""
    figures = [measure.figure(part) for part in parts]
    values = "".join(f"{figure.value:>9.4g}" for figure in figures)
    bound = f"{'≥' if measure.at_least else '≤'} {measure.bound}"
    bound = "none" if measure.bound is None else bound
    missed = [figure for figure in figures if not measure.is_met(figure)]
    say(
        f"{measure.name + ', ' + measure.unit:<36}{values}   {bound}"
        + ("  MISSED" if missed else "")
    )
    for place in [place for figure in missed for place in figure.places][:SHOWN]:
        say(f"    {place}")
    return bool(missed)


def fronted_docstrings(part: list[Source]) -> Figure:
    code = without_tests(part)
    total = sum(1 for source in code for _docstring in source.docstrings)
    places = [at(it, line) for it in code for line in measures.fronted(it)]
    return Figure(100 * len(places) / total, places)


def documented_functions(part: list[Source]) -> Figure:
    functions = [it for source in without_tests(part) for it in source.functions]
    documented = [it for it in functions if ast.get_docstring(it)]
    return Figure(100 * len(documented) / len(functions))


def longest_file(part: list[Source]) -> Figure:
    by_length = sorted(part, key=lambda source: -source.lines)
    places = [f"{at(it)}: {it.lines}" for it in by_length if it.lines > LONGEST]
    return Figure(max((it.lines for it in part), default=0), places)


def longest_document(part: list[Source]) -> Figure:
    return longest_file([it for it in part if measures.is_divisible(it)])


def function_length(part: list[Source]) -> Figure:
    lengths = [
        (measures.length(function), at(source, function.lineno))
        for source in without_tests(part)
        for function in source.functions
    ]
    longest = sorted(lengths, reverse=True)
    value = measures.percentile([lines for lines, _place in lengths], 0.9)
    return Figure(value, [f"{place}: {lines}" for lines, place in longest])


def import_circles(part: list[Source]) -> Figure:
    graph = measures.imports({source.name: source for source in part})
    groups = measures.circles(graph)
    return Figure(len(groups), [" ↔ ".join(group) for group in groups])


def misnamed_files(part: list[Source]) -> Figure:
    """Look for models in files that are not named after them.

    Several mixins of one family may share a file that is named after one of them.
    """
    found = measures.models(of_models(part))
    mixins = {
        source
        for model, files in found.items()
        for source in files
        if model.endswith(".mixin") and measures.is_named_after(source, model)
    }
    places = [
        f"{at(source)}: {model}"
        for model, files in found.items()
        for source in files
        if not measures.is_named_after(source, model)
        and not (model.endswith(".mixin") and source in mixins)
    ]
    return Figure(len(places), places)


def files_per_model(part: list[Source]) -> Figure:
    files = measures.models(of_models(part))
    return Figure(max((len(it) for it in files.values()), default=0))


def annotated_share(part: list[Source]) -> Figure:
    """Measure the packages in `TYPED`; a part that has none is complete."""
    typed = [source for source in part if f"{source.name}.".startswith(TYPED)]
    counts = {source: measures.annotations(source) for source in typed}
    done, total = (sum(it[index] for it in counts.values()) for index in (0, 1))
    places = [f"{at(it)}: {a} of {b}" for it, (a, b) in counts.items() if a < b]
    return Figure(100 * done / total if total else 100, places)


def without_tests(part: list[Source]) -> list[Source]:
    return [source for source in part if "tests" not in source.path.parts]


def of_models(part: list[Source]) -> list[Source]:
    return [it for it in part if it.path.parent.name in ("models", "wizards")]


def at(source: Source, line: int = 0) -> str:
    path = str(source.path.relative_to(ROOT))
    return f"{path}:{line}" if line else path


MEASURES = (
    Measure("fronted docstrings", "%", 2, fronted_docstrings),
    Measure("functions with a docstring", "%", 40, documented_functions),
    Measure("… at least", "%", 25, documented_functions, at_least=True),
    Measure("longest file", "lines", LONGEST, longest_file),
    Measure("90 % of functions", "lines", 18, function_length),
    Measure("import circles", "groups", 0, import_circles),
    Measure("files not named after their model", "", 0, misnamed_files),
    Measure("files per model", "at most", None, files_per_model),
    Measure("annotated", "%", 100, annotated_share, at_least=True),
)
OF_DOCUMENTS = Measure("longest XML file", "lines", LONGEST, longest_document)
