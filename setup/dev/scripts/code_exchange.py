"""Exchange the code of a function that is loaded, wherever it is referred to."""

import gc
from types import CodeType, FunctionType


def functions(sources: list[str]) -> dict[tuple, list[FunctionType]]:
    """Return the functions of these files, by file, name and first line."""
    found: dict[tuple, list[FunctionType]] = {}
    wanted = set(sources)
    for it in gc.get_objects():
        if isinstance(it, FunctionType) and it.__code__.co_filename in wanted:
            found.setdefault(key(it.__code__), []).append(it)
    return found


def key(code: CodeType) -> tuple:
    return code.co_filename, code.co_name, code.co_firstlineno


def exchange(path: str, source: str, line: int, known: dict) -> bool:
    """Exchange the code of the function around this line; False if there is none."""
    stack, inner = [compile(source, path, "exec")], None
    while stack:
        code = stack.pop()
        stack += [it for it in code.co_consts if isinstance(it, CodeType)]
        last = max((it for *_, it in code.co_lines() if it), default=0)
        if code.co_firstlineno <= line <= last and key(code) in known:
            if not inner or code.co_firstlineno >= inner.co_firstlineno:
                inner = code
    for function in known[key(inner)] if inner else ():
        if len(function.__code__.co_freevars) != len(inner.co_freevars):
            return False
        function.__code__ = inner
    return bool(inner)
