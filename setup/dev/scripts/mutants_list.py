"""List mutants, a seeded sample: mutants_list.py ROOT SEED COUNT RESULT FILE ...

A mutant is a file with one change inside a function, such as `<` where it has `<=`.
The package cosmic-ray knows what can be changed, and how. This script runs in an
environment that has it.
"""

import ast
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# A change that nearly every test would notice, such as `+` to `>>`, says little.
KINDS = """
    AddNot ExceptionReplacer NumberReplacer ReplaceAndWithOr ReplaceBreakWithContinue
    ReplaceContinueWithBreak ReplaceFalseWithTrue ReplaceOrWithAnd ReplaceTrueWithFalse
    ReplaceUnaryOperator_Delete_Not ZeroIterationForLoop
""".split()
COMPARISONS = """
    Lt_LtE Lt_GtE LtE_Lt LtE_Gt Gt_GtE Gt_LtE GtE_Gt GtE_Lt Eq_NotEq NotEq_Eq
    In_NotIn NotIn_In Is_IsNot IsNot_Is
""".split()
CALCULATIONS = """
    Add_Sub Sub_Add Mul_Div Div_Mul FloorDiv_Mul Mod_Mul BitOr_BitAnd BitAnd_BitOr
""".split()
OPERATORS = {
    f"core/{name}"
    for name in (
        *KINDS,
        *(f"ReplaceComparisonOperator_{pair}" for pair in COMPARISONS),
        *(f"ReplaceBinaryOperator_{pair}" for pair in CALCULATIONS),
    )
}


def main() -> None:
    root, seed, count, target, *files = sys.argv[1:]
    rng = random.Random(seed)
    places = [
        (name, kinds) for name in sorted(files) for kinds in found(Path(root, name))
    ]
    rng.shuffle(places)
    chosen = []
    for name, kinds in places:
        if len(chosen) == int(count):
            break
        operator, occurrence, line = rng.choice(kinds)
        if mutant := mutated(Path(root, name).read_text(), operator, occurrence, line):
            chosen.append({"file": name, "operator": operator, **mutant})
    answer = {"files": files, "places": len(places), "mutants": chosen}
    Path(target).write_text(json.dumps(answer))


def found(path: Path) -> Iterator[list[tuple]]:
    """Yield the possible changes of each place in a function of this file."""
    source = path.read_text()
    nodes, bodies = list(ast_nodes(get_ast(source))), lines_of_functions(source)
    types = annotations(source)
    places = defaultdict(list)
    for name in sorted(OPERATORS & {*operator_names()}):
        operator, number = get_operator(name)(), 0
        for node in nodes:
            for start, _end in operator.mutation_positions(node):
                if start[0] in bodies and not in_one_of(types, start):
                    places[start].append((name, number, start[0]))
                number += 1
    for _start, kinds in sorted(places.items()):
        yield kinds


def lines_of_functions(source: str) -> set[int]:
    """Return the lines of the statements in functions, without those that declare."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.update(range(node.body[0].lineno, node.end_lineno + 1))
    return found


def annotations(source: str) -> list[tuple]:
    """Return where the types of variables begin and end: nobody evaluates them."""
    found = (getattr(it, "annotation", None) for it in ast.walk(ast.parse(source)))
    return [
        ((it.lineno, it.col_offset), (it.end_lineno, it.end_col_offset))
        for it in filter(None, found)
    ]


def in_one_of(spans: list[tuple], place: tuple[int, int]) -> bool:
    return any(first <= place < last for first, last in spans)


def mutated(source: str, operator: str, occurrence: int, line: int) -> dict | None:
    try:
        code = mutate_code(source, get_operator(operator)(), occurrence)
    except AttributeError:  # cosmic-ray takes a tuple in brackets for a name
        return None
    if code is None or code == source or not compiles(code):
        return None
    was, now = source.splitlines(), code.splitlines()
    first = next(
        (n for n, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1]),
        None,
    )
    if first is None:
        return None
    return {
        "line": line,
        "was": was[first].strip(),
        "now": now[first].strip(),
        "code": code,
    }


def compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


main()
