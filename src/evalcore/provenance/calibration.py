"""Which source a calibration was made with: files as what they compute, without comments, docstrings and layout."""

import ast
from pathlib import Path

from evalcore.provenance.closure import code_files
from evalcore.provenance.hashing import sha256_bytes, sha256_json

STUDIES = {
    "ordinal": "evalcore.model.sample",
    "rates": "evalcore.model.rate_fitting",
    "experts": "evalcore.model.experts",
}
"""Study -> the module that fits its model; it stands for all of `model/` that it imports."""
FOLDER = Path("data/calibration")
"""Below the root: one file per study, in git."""


def model_source(study: str, src: Path) -> str:
    """SHA-256 over the files of the model room that a study's fits depend on.

    What is judged, shown or post-stratified afterwards is not among them, nor is how they are laid out: a corrected
    sentence does not ask for a hundred worlds.
    """
    room = src / "evalcore" / "model"
    files = code_files({study: f"import {STUDIES[study]}"}, src)
    return sha256_json([[path.name, sha256_code(path)] for path in files if path.is_relative_to(room)])


def sha256_code(path: Path) -> str:
    """Hash of what a Python file says, whatever its comments, docstrings and layout."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [line for line in node.body if not _is_text(line)] or [ast.Pass()]
    return sha256_bytes(ast.dump(tree).encode())


def _is_text(line: ast.stmt) -> bool:
    """Whether a statement is nothing but a string: a docstring, or one below an attribute."""
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str)
