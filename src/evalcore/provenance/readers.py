"""Readers in a notebook's source take their files from the task: what is read is what is declared.

The counterpart of `evalcore.io.watch` for libraries that open files without Python.
"""

import ast
import re
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.provenance.cells import code_cells

READER = re.compile(r"(?:read|scan|open)_\w+|connect|File|ParquetFile|ParquetDataset|dataset|sql|raw_sql|execute")
"""Names under which libraries open files past Python, or run text that does."""
PURE = re.compile(r"evalcore\.(?!(?:io|edition|provenance|publish|audit|pipeline|cli)\b)")
"""Rooms that touch no files (`tests/test_architecture.py`)."""


def refuse_readers(notebook: Path) -> None:
    """Refuse a notebook whose cells read a file by anything but the task or `task.path(...)`.

    Raises
    ------
    EvalcoreError
        Naming cell, line and call.
    """
    trees = {cell: _tree(source) for cell, source in code_cells(notebook).items()}
    pure = {name for tree in trees.values() for name in _pure_names(tree)}
    for cell, tree in trees.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if _reads(call, pure) and not all(_is_handed_out(given) for given in _arguments(call)):
                place = f"notebook {notebook.name}, cell '{cell}', line {call.lineno}"
                allowed = "task.read(...), task.raw(...), or a library's reader on task.path(...)"
                remedy = "declare the file in `reads` of the notebook's evalcore metadata and take it from the task"
                raise EvalcoreError(say(place, f"{ast.unparse(call)[:80]} reads past the task", allowed, remedy))


def _tree(source: str) -> ast.AST:
    """The syntax of a cell; what is not Python is refused, with its place, where the code's files are found."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])


def _pure_names(tree: ast.AST) -> set[str]:
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {a.asname or a.name for node in froms for a in node.names if PURE.match(f"{node.module}.{a.name}")}


def _reads(call: ast.Call, pure: set[str]) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    root = call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    own = isinstance(root, ast.Name) and root.id in {"task", "Task", *pure}
    return bool(READER.fullmatch(name)) and not own


def _arguments(call: ast.Call) -> list[ast.expr]:
    """What may name a file: all that is given by position, and by a keyword that says so."""
    keywords = [k.value for k in call.keywords if k.arg is None or re.search("path|file|name|source", k.arg)]
    return [*call.args, *keywords]


def _is_handed_out(given: ast.expr) -> bool:
    return isinstance(given, ast.Call) and ast.unparse(given.func) == "task.path"
