"""Differences that speak for or against a finding, each with its standard error; missing where too few speak."""

from typing import NamedTuple

import numpy as np
import pandas as pd


class Contrast(NamedTuple):
    """Positive values speak for the finding; `unit` is "share" (0 to 1) or "mean" (points of the scale)."""

    value: float
    error: float
    unit: str


def between(
    values: pd.Series, first: pd.Series, second: pd.Series, least: int, weight: pd.Series | None = None
) -> Contrast | None:
    """Mean of the known values of the first rows less that of the second, of different people or cases.

    Parameters
    ----------
    values : Series
        Booleans (a share) or numbers (a mean).
    first, second : Series of bool
        Rows of both groups.
    least : int
        Known values that each group needs; None with fewer.
    """
    sides = []
    for rows in (first, second):
        own = rows.fillna(False).astype(bool) & values.notna()
        if own.sum() < max(least, 2):
            return None
        sides.append(_mean(values[own], None if weight is None else weight[own]))
    (high, up), (low, down) = sides
    return Contrast(high - low, float(np.hypot(up, down)), unit_of(values))


def paired(first: pd.Series, second: pd.Series, least: int, weight: pd.Series | None = None) -> Contrast | None:
    """Mean of first less second where one row tells both."""
    known = first.notna() & second.notna()
    if known.sum() < max(least, 2):
        return None
    gap = first[known].astype(float) - second[known].astype(float)
    value, error = _mean(gap, None if weight is None else weight[known])
    return Contrast(value, error, unit_of(first))


def mentions(codes: pd.Series, code: str, least: int) -> Contrast | None:
    """Share of coded passages with one code less the share that each code has on average (multinomial error)."""
    known = codes.dropna()
    if len(known) < max(least, 2) or known.nunique() < 2:
        return None
    share, usual = float((known == code).mean()), 1 / known.nunique()
    return Contrast(share - usual, float(np.sqrt(usual * (1 - usual) / len(known))), "share")


def unit_of(values: pd.Series) -> str:
    """Booleans make shares."""
    return "share" if pd.api.types.is_bool_dtype(values.dtype) else "mean"


def _mean(values: pd.Series, weight: pd.Series | None) -> tuple[float, float]:
    y = values.to_numpy(dtype=float)
    w = np.ones(len(y)) if weight is None else weight.to_numpy(dtype=float)
    mean = (w * y).sum() / w.sum()
    return float(mean), float(np.sqrt((w**2 * (y - mean) ** 2).sum()) / w.sum())
