"""Measures of the source: docstrings, lengths, imports, models, annotations.

Read from the syntax alone, so that nothing has to be installed.
"""

import ast
import math
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

FRONTED = {
    "by", "for", "how", "of", "on", "that", "those", "until", "what", "whatever",
    "when", "where", "whether", "which", "who", "whoever", "whose", "why", "without",
}  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function


@dataclass(frozen=True)
class Source:
    """A Python file.

    :ivar name: the module's, with all its packages: `blog_ai_generator.llm.types`
    """

    path: Path
    name: str

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @property
    def docstrings(self) -> Iterator[tuple[int, str]]:
        for node in ast.walk(self.tree):
            if isinstance(node, Documented) and (text := ast.get_docstring(node)):
                yield node.body[0].lineno, text


def sources(root: Path, folders: Iterable[str]) -> list[Source]:
    """Return the Python files below `folders`, which are relative to `root`."""
    found = []
    for path in _files(root, folders, "*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        found.append(Source(path, ".".join(parts)))
    return sorted(found, key=lambda source: source.path)


def documents(root: Path, folders: Iterable[str]) -> list[Source]:
    """Return the XML files below `folders`, as :func:`sources` does."""
    found = _files(root, folders, "*.xml")
    return [Source(path, str(path.relative_to(root))) for path in sorted(found)]


def _files(root: Path, folders: Iterable[str], pattern: str) -> Iterator[Path]:
    return chain.from_iterable((root / it).rglob(pattern) for it in folders)


def is_divisible(document: Source) -> bool:
    """Return whether an XML file has more than one record: a view is in one piece."""
    return len(ElementTree.fromstring(document.text)) > 1


def fronted(source: Source) -> Iterator[int]:
    """Yield the lines of docstrings that begin with a word of `FRONTED`."""
    for line, text in source.docstrings:
        first = text.split(maxsplit=1)[0]
        if first.strip(".,:;").lower() in FRONTED:
            yield line


def length(function: Function) -> int:
    return function.end_lineno - function.lineno + 1


def percentile(values: Sequence[int], share: float) -> int:
    """Return the smallest value that `share` of all do not exceed (nearest rank)."""
    return sorted(values)[math.ceil(len(values) * share) - 1] if values else 0


def annotated(function: Function, is_method: bool) -> tuple[int, int]:
    """Return how many arguments and results are annotated, and how many there are.

    The result of `__init__` does not count, as for mypy.
    """
    signature = function.args
    arguments = [*signature.posonlyargs, *signature.args]
    if is_method and not _has_decorator(function, "staticmethod"):
        arguments = arguments[1:]
    arguments += [
        *signature.kwonlyargs,
        *filter(None, (signature.vararg, signature.kwarg)),
    ]
    results = [function.returns] if function.name != "__init__" else []
    given = [bool(it) for it in (*results, *(it.annotation for it in arguments))]
    return sum(given), len(given)


def annotations(source: Source) -> tuple[int, int]:
    methods = {
        node
        for owner in ast.walk(source.tree)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
    }
    counts = [annotated(node, node in methods) for node in source.functions]
    return sum(done for done, _all in counts), sum(total for _done, total in counts)


def _has_decorator(function: Function, name: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name
        for node in function.decorator_list
    )


def imports(modules: dict[str, Source]) -> dict[str, set[str]]:
    """Return which of `modules` each one imports, inside of functions too.

    Imports for type checkers alone do not count. Nor do those of a package by its own
    parts: importing `a.b` always runs `a`, so this is no cycle.
    """
    return {
        name: {
            target
            for node in _run(source.tree)
            for target in _targets(node, source, modules)
            if target != name
        }
        for name, source in modules.items()
    }


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of `tree` that run, without those below `if TYPE_CHECKING`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _run(node)


def _targets(
    node: ast.AST, source: Source, modules: dict[str, Source]
) -> Iterator[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        base = _base(node, source)
        names = [f"{base}.{alias.name}".strip(".") for alias in node.names]
        names = [name if name in modules else base for name in names]
    else:
        return
    for name in names:
        name = name.removeprefix("odoo.addons.")
        if name in modules:
            yield name


def _base(node: ast.ImportFrom, source: Source) -> str:
    if not node.level:
        return (node.module or "").removeprefix("odoo.addons.")
    parts = source.name.split(".")
    kept = len(parts) - node.level + source.is_package
    return ".".join([*parts[:kept], *filter(None, [node.module])])


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    reached = {name: _reachable(name, graph) for name in graph}
    seen: set[str] = set()
    found = []
    for name in sorted(graph):
        group = {it for it in reached[name] if name in reached[it]}
        if group and name not in seen:
            found.append(sorted(group))
        seen |= group
    return found


def _reachable(start: str, graph: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    left = list(graph[start])
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += graph[name]
    return found


def models(found: Iterable[Source]) -> dict[str, list[Source]]:
    files = defaultdict(list)
    for source in found:
        for model in sorted(set(_models_of(source.tree))):
            files[model].append(source)
    return files


def _models_of(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            values = dict(_texts(node))
            if model := values.get("_name") or values.get("_inherit"):
                yield model


def _texts(owner: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for node in owner.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            yield node.targets[0].id, node.value.value


def is_named_after(source: Source, model: str) -> bool:
    stem, prefix = source.path.stem, model.replace(".", "_")
    return stem == prefix or stem.startswith(f"{prefix}_")
