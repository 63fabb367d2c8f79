"""Writing files: whole or not at all, and only when their content changed."""

import filecmp
import json
import os
import re
from pathlib import Path

import pandas as pd
import xarray as xr

NETCDF = "h5netcdf"
"""The library that reads and writes NetCDF; it stamps no time into a file."""

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
"""A spreadsheet reads a text as a formula after these; the full-width ones under Chinese settings."""


def write_bytes(path: Path, content: bytes) -> None:
    """Put content in place in one step; an equal file is left alone, so that nothing downstream wakes up."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        scratch.write_bytes(content)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def write_json(path: Path, value: object) -> None:
    """A JSON-able value as UTF-8, the keys in the order given."""
    write_bytes(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def write_parquet(path: Path, frame: pd.DataFrame) -> None:
    """A frame without its index."""
    write_bytes(path, frame.to_parquet(None, index=False, compression="zstd"))


def write_tree(path: Path, tree: xr.DataTree | xr.Dataset) -> None:
    """Labelled arrays as NetCDF; an equal file is left alone, as in `write_bytes`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        tree.to_netcdf(scratch, engine=NETCDF)
        if not (path.is_file() and filecmp.cmp(path, scratch, shallow=False)):
            scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def read_tree(path: Path) -> xr.DataTree:
    """Labelled arrays of a NetCDF file; an array is read when it is used."""
    return xr.open_datatree(path, engine=NETCDF)


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """CSV in UTF-8; a text that a spreadsheet would run as a formula gets an apostrophe, numbers stay numbers."""
    safe = frame.apply(lambda column: column if pd.api.types.is_numeric_dtype(column) else column.map(inert_text))
    write_bytes(path, safe.to_csv(index=False, lineterminator="\n").encode())


def inert_text(value: object) -> object:
    """A text that no spreadsheet takes for a formula; a number written as text is left as it is."""
    if isinstance(value, str) and value[:1] in FORMULA_STARTS and not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        return f"'{value}"
    return value
