"""Content hashes of files, folders, values and configuration."""

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

DECIMALS = 6
"""Values are hashed rounded to millionths: what a file format or platform does to the last bits is no change."""


def sha256_bytes(content: bytes) -> str:
    """Hash of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def sha256_json(value: object) -> str:
    """Hash of a JSON-able value, independent of key order."""
    return sha256_bytes(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).encode())


def sha256_path(path: Path) -> str:
    """Hash of a file's bytes, or of a folder's files with their relative names."""
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file())
        return sha256_json([[p.relative_to(path).as_posix(), sha256_path(p)] for p in files])
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_once(path: Path) -> str:
    """`sha256_path`, read again only after the file changed: several results of one process name the same inputs."""
    if path.is_dir():
        return sha256_path(path)
    stat = path.stat()
    return _sha256_of(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@cache
def _sha256_of(path: Path, modified: int, size: int, inode: int) -> str:
    return sha256_path(path)


def sha256_values(frame: pd.DataFrame) -> str:
    """Hash of a frame's column names and values, rounded; independent of file format and library versions."""
    digest = hashlib.sha256(f"{len(frame)}".encode())
    for name in frame.columns:
        digest.update(f"\x1e{name}\x1f".encode())
        digest.update(_column_bytes(frame[name]))
    return digest.hexdigest()


def _column_bytes(values: pd.Series) -> bytes:
    missing = values.isna().to_numpy(dtype=bool)
    if pd.api.types.is_datetime64_any_dtype(values):
        numbers = values.astype("datetime64[us]").to_numpy().astype("int64")
    elif pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        scaled = values.astype("Float64").fillna(0).to_numpy(dtype="float64") * 10**DECIMALS
        numbers = np.rint(scaled).astype("int64")
    else:
        return "\x1f".join(values.astype("string").fillna("\x00").to_list()).encode()
    return np.where(missing, np.iinfo("int64").min, numbers).astype("<i8").tobytes()
