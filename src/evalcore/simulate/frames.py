"""Columns as they lie in a file: labels, flags with blanks, times in whole seconds."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

NEVER = np.iinfo(np.int64).min
MICROSECONDS = 1_000_000


def labels(codes: np.ndarray, names: Sequence[str]) -> pd.Series:
    """Names by index."""
    return pd.Series(np.array(names, dtype=object)[codes], dtype="str")


def flags(values: np.ndarray, known: np.ndarray) -> pd.Series:
    """Yes or no where known, blank elsewhere."""
    return pd.Series(pd.arrays.BooleanArray(values.astype(bool), ~known))


def times(seconds: np.ndarray) -> pd.Series:
    """Times from seconds since 1970; NaN is blank."""
    known = np.isfinite(seconds)
    whole = np.where(known, np.floor(np.where(known, seconds, 0)) * MICROSECONDS, NEVER)
    return pd.Series(whole.astype(np.int64).view("datetime64[us]"))


def numbered(prefix: str, number: int, digits: int) -> np.ndarray:
    """`prefix` and a running number from 1."""
    return np.array([f"{prefix}{n:0{digits}d}" for n in range(1, number + 1)], dtype=object)
