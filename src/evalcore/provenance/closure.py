"""Which files of the package a notebook's results depend on: the closure of its imports."""

import ast
from functools import lru_cache
from pathlib import Path

PACKAGE = "evalcore"


def code_files(sources: list[str], src: Path) -> list[Path]:
    """Files of the package that pieces of Python code import, directly or not, lazy imports included; sorted.

    Parameters
    ----------
    sources : list of str
        Code, such as the cells of a notebook.
    src : Path
        The folder that holds the package.
    """
    found: set[Path] = set()
    waiting = {path for code in sources for path in _imported(code, src)}
    while waiting:
        path = waiting.pop()
        found.add(path)
        waiting |= _imported_by_file(path, path.stat().st_mtime_ns, src) - found
    return sorted(found)


@lru_cache(maxsize=4096)
def _imported_by_file(path: Path, modified: int, src: Path) -> frozenset[Path]:
    return frozenset(_imported(path.read_text(encoding="utf-8"), src))


def _imported(code: str, src: Path) -> set[Path]:
    return {path for name in _names(ast.parse(code)) for path in _files(name, src)}


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
