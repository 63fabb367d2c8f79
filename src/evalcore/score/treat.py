"""Treatment of outliers: winsorising until skew and kurtosis are tame."""

from typing import NamedTuple

import numpy as np

FEWEST = 4
"""Kurtosis needs four values."""


class Treated(NamedTuple):
    """Treated values and how many points were moved at each end."""

    value: np.ndarray
    low: int
    high: int


def skewness(value: np.ndarray) -> float:
    """Sample skewness G1 = sqrt(n(n-1)) / (n-2) x g1 with g1 = m3 / m2^1.5; NaN left out (Joanes & Gill 1998)."""
    known = value[~np.isnan(value)]
    n, centred = len(known), known - known.mean()
    g1 = (centred**3).mean() / (centred**2).mean() ** 1.5
    return float(np.sqrt(n * (n - 1)) / (n - 2) * g1)


def kurtosis(value: np.ndarray) -> float:
    """Sample excess kurtosis (n-1) / ((n-2)(n-3)) x ((n+1) g2 + 6), g2 = m4 / m2^2 - 3 (Joanes & Gill 1998)."""
    known = value[~np.isnan(value)]
    n, centred = len(known), known - known.mean()
    g2 = (centred**4).mean() / (centred**2).mean() ** 2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6))


def winsorise(value: np.ndarray, skew: float = 2.0, kurt: float = 3.5, most: int = 6) -> Treated:
    """Move the most extreme points to the next one until the distribution is tame.

    While |skewness| > `skew` and kurtosis > `kurt`, one more point of the heavier tail takes the value of the
    next one inside; after `most` points, or where all values would become equal, the original values are given back
    untreated.
    Source of the rule: shared/data/README.md (coinr-asem); method: OECD/JRC handbook (2008), step 3.

    Parameters
    ----------
    value : ndarray, shape (unit,)
        NaN stays NaN; a constant indicator, or one with fewer than four values, is left alone.
    """
    if (~np.isnan(value)).sum() < FEWEST or np.nanmin(value) == np.nanmax(value):
        return Treated(value, 0, 0)
    current, low, high = value, 0, 0
    while abs(skewness(current)) > skew and kurtosis(current) > kurt:
        if low + high >= most:
            return Treated(value, 0, 0)
        low, high = (low, high + 1) if skewness(current) > 0 else (low + 1, high)
        current = _clipped(value, low, high)
        if np.nanmin(current) == np.nanmax(current):  # a few ones among zeros are no outliers to be removed
            return Treated(value, 0, 0)
    return Treated(current, low, high)


def _clipped(value: np.ndarray, low: int, high: int) -> np.ndarray:
    ordered = np.sort(value[~np.isnan(value)])
    return np.clip(value, ordered[low], ordered[-1 - high])
