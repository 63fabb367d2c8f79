"""Which files of the package a notebook's results depend on: the closure of its imports."""

import ast
from functools import lru_cache
from pathlib import Path

from evalcore.errors import EvalcoreError, say

PACKAGE = "evalcore"


def code_files(sources: dict[str, str], src: Path) -> list[Path]:
    """Files of the package that pieces of Python code import, directly or not, lazy imports included; sorted.

    Parameters
    ----------
    sources : dict of str
        Place, for messages -> code, such as the cells of a notebook.
    src : Path
        The folder that holds the package.

    Raises
    ------
    EvalcoreError
        Some code cannot be read as Python.
    """
    found: set[Path] = set()
    waiting = {path for place, code in sources.items() for path in _imported(code, place, src)}
    while waiting:
        path = waiting.pop()
        found.add(path)
        waiting |= _imported_by_file(path, path.stat().st_mtime_ns, src) - found
    return sorted(found)


@lru_cache(maxsize=4096)
def _imported_by_file(path: Path, modified: int, src: Path) -> frozenset[Path]:
    return frozenset(_imported(path.read_text(encoding="utf-8"), path.name, src))


def _imported(code: str, place: str, src: Path) -> set[Path]:
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        remedy = "correct it; magics and shell commands are not for notebooks of the pipeline"
        raise EvalcoreError(
            say(f"{place}, line {error.lineno}", f"is not Python: {error.msg}", remedy=remedy)
        ) from None
    return {path for name in _names(tree) for path in _files(name, src)}


def _names(tree: ast.AST) -> set[str]:
    """Dotted names that may be modules; `from a import b` gives both a and a.b."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] == PACKAGE}


def _files(name: str, src: Path) -> set[Path]:
    """The module's file and the `__init__` of every package above it."""
    parts = name.split(".")
    inits = [src.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts) + 1)]
    module = src.joinpath(*parts).with_suffix(".py")
    return {path for path in [*inits, module] if path.is_file()}
