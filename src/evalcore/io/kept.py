"""Results that take long are kept outside the build, with a key of everything they were made from."""

import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import xarray as xr

from evalcore.io.files import write_json, write_tree
from evalcore.provenance.closure import code_files
from evalcore.provenance.hashing import sha256_json, sha256_path

KEPT = Path(".cache", "kept")
"""Where results are kept in the checkout: a build that is deleted does not take them along."""

MOST = 4_000_000_000
"""Bytes that all kept results together may take."""


def key_of(facts: object, make: partial, root: Path) -> str:
    """Hash of the facts, of the function's module and all it imports from the package, and of the locked versions."""
    src = root / "src"
    code = code_files({"kept result": f"import {make.func.__module__}"}, src)
    files = {path.relative_to(root).as_posix(): sha256_path(path) for path in (*code, root / "requirements.lock")}
    return sha256_json([facts, make.func.__qualname__, files])


def keep(product: Path, folder: Path, key: str, make: Callable[[], xr.DataTree]) -> None:
    """Put labelled arrays at `product`: those kept in the folder under the same key, else newly made ones.

    What is kept is used only where its content is the one that was written: who changes a product in place may
    change both. The results used longest ago go where all together are larger than `MOST`.
    """
    kept = folder / f"{key}.nc"
    if not _usable(kept):
        write_tree(kept, make())
        write_json(_note(kept), {"sha256": sha256_path(kept)})
    _note(kept).touch()
    product.parent.mkdir(parents=True, exist_ok=True)
    product.unlink(missing_ok=True)
    _link(kept, product)
    _forget(folder, key)


def _note(kept: Path) -> Path:
    """Beside a kept result: the hash of its content; its time is that of the last use."""
    return kept.with_suffix(".json")


def _usable(kept: Path) -> bool:
    if not (kept.is_file() and _note(kept).is_file()):
        return False
    return json.loads(_note(kept).read_text("utf-8"))["sha256"] == sha256_path(kept)


def _link(kept: Path, product: Path) -> None:
    """The same file under a second name, a copy where the file system knows no second names."""
    try:
        os.link(kept, product)
    except OSError:
        shutil.copyfile(kept, product)


def _forget(folder: Path, used: str) -> None:
    """Delete the results used longest ago, never the one just used."""
    oldest = sorted(folder.glob("*.json"), key=lambda note: note.stat().st_mtime_ns)
    size = {note.stem: note.with_suffix(".nc").stat().st_size for note in oldest if note.with_suffix(".nc").is_file()}
    for key in [note.stem for note in oldest if note.stem != used]:
        if sum(size.values()) <= MOST:
            return
        for suffix in (".json", ".nc"):
            (folder / f"{key}{suffix}").unlink(missing_ok=True)
        size.pop(key, None)
