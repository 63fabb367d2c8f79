"""Files a notebook opens are those its task handed out: Python itself tells of every other one, which is refused.

Libraries that open files without Python (DuckDB, HDF5, Arrow) are not seen here; a notebook calls their readers on
`task.path(...)` only, which `evalcore.provenance.readers` holds by looking at its source.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evalcore.errors import EvalcoreError, say

WATCHED = "EVALCORE_WATCHED"
"""Environment variable under which the pipeline runs notebooks; a person's own session is not watched."""
GUARDED = ("build", "data", "editions")
"""Folders of the checkout of which a notebook sees only what it declares."""
DATA = (".csv", ".tsv", ".xlsx", ".xls", ".parquet", ".feather", ".arrow", ".json", ".jsonl", ".nc", ".txt", ".sav",
        ".dta", ".pkl", ".pickle", ".npy", ".npz", ".duckdb", ".sqlite", ".zip", ".gz")  # fmt: skip
"""Endings of data files, refused wherever they lie but in the environment and in hidden folders (caches)."""
ENVIRONMENT = tuple({str(Path(prefix)) for prefix in (sys.prefix, sys.base_prefix, "/usr", "/etc", "/proc", "/sys")})
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
LISTS = ("os.listdir", "os.scandir")


@dataclass(frozen=True)
class _Allowed:
    """What one task may open: files to read, files and folders to write and read again."""

    notebook: str
    root: str
    reads: frozenset[str]
    makes: tuple[str, ...]


_allowed: list[_Allowed] = []


def watch(notebook: str, root: Path, reads: Iterable[Path], makes: Iterable[Path]) -> None:
    """From now on this process opens no data file but these; there is no way back.

    Parameters
    ----------
    reads : paths
        Files, and folders of parts, that may be read.
    makes : paths
        Files and folders that may be written, and read.
    """
    if not _allowed:
        sys.addaudithook(_hook)
    _allowed[:] = [_Allowed(notebook, str(root), frozenset(map(str, reads)), tuple(map(str, makes)))]


def _hook(event: str, arguments: tuple) -> None:
    if event == "open" and _allowed and isinstance(arguments[0], str | bytes | os.PathLike):
        _judge(arguments[0], _is_writing(*arguments[1:3]))
    elif event in LISTS and _allowed and isinstance(arguments[0], str | bytes | os.PathLike):
        _judge(os.path.join(os.fsdecode(arguments[0]), ""), False)


def _is_writing(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return bool(set(mode) & set("wax+"))
    return isinstance(flags, int) and bool(flags & WRITES)


def _judge(opened: str | bytes | os.PathLike, writing: bool) -> None:
    (allowed,) = _allowed
    path = os.path.abspath(os.fsdecode(opened)) + os.sep * os.fsdecode(opened).endswith(os.sep)
    if _is_made(path, allowed) or not (_is_guarded(path, allowed) or (not writing and _is_stray_data(path, allowed))):
        return
    if not writing and _is_read(path, allowed):
        return
    shown = os.path.relpath(path, allowed.root) if path.startswith(allowed.root) else os.path.basename(path)
    doing, key = ("writes", "writes") if writing else ("opens", "reads")
    remedy = f"declare it in `{key}` of its evalcore metadata and take it from the task"
    raise EvalcoreError(say(f"notebook {allowed.notebook}", f"{doing} '{shown}' without declaring it", remedy=remedy))


def _is_read(path: str, allowed: _Allowed) -> bool:
    """Whether it was handed out, or is a part of a folder that was."""
    path = path.rstrip(os.sep)
    return path in allowed.reads or os.path.dirname(path) in allowed.reads


def _is_made(path: str, allowed: _Allowed) -> bool:
    """Whether it is a product, something in it, or the scratch file `.name.pid.tmp` that becomes it."""
    folder, name = os.path.split(path)
    if name.startswith(".") and name.endswith(".tmp"):
        path = os.path.join(folder, name[1:].rsplit(".", 2)[0])
    return any(path == made or path.startswith(made + os.sep) for made in allowed.makes)


def _is_guarded(path: str, allowed: _Allowed) -> bool:
    return any(path.startswith(os.path.join(allowed.root, folder, "")) for folder in GUARDED)


def _is_stray_data(path: str, allowed: _Allowed) -> bool:
    if not path.endswith(DATA) or path.startswith(ENVIRONMENT):
        return False
    own = any(path.startswith(os.path.join(allowed.root, folder, "")) for folder in ("src", "notebooks"))
    return not own and not any(part.startswith(".") for part in path.split(os.sep))
