"""Reliability of a scale: Cronbach's alpha, McDonald's omega, item-rest correlations."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pingouin

DIGITS = 10
"""Decimals that do not depend on the processor."""
ROUNDS, TOLERANCE = 10_000, 1e-12
CONFIDENCE = 0.95


class Alpha(NamedTuple):
    """Cronbach's alpha with its interval (Feldt 1965); NaN where nothing varies."""

    value: float
    lower: float
    upper: float


def cronbach(items: pd.DataFrame) -> Alpha:
    """Cronbach's alpha of complete answers (Cronbach 1951, doi:10.1007/BF02310555).

    Parameters
    ----------
    items : DataFrame, one column per item
        Rows with a missing answer are left out.
    """
    complete = items.dropna().astype(float)
    if len(complete) < 2 or complete.sum(axis=1).nunique() < 2:
        return Alpha(*(float("nan"),) * 3)
    value, interval = pingouin.cronbach_alpha(complete, ci=CONFIDENCE)
    return Alpha(*(float(np.round(x, DIGITS)) for x in (value, *interval)))


def correlations(items: pd.DataFrame) -> np.ndarray:
    """(items, items) Pearson correlations of complete answers; NaN where an item does not vary."""
    values = items.dropna().to_numpy(dtype=float)
    centred = values - values.mean(axis=0)
    sums = np.array([[(x * y).sum() for y in centred.T] for x in centred.T])
    scale = np.sqrt(np.diag(sums))
    with np.errstate(invalid="ignore"):
        return sums / np.outer(scale, scale)


def loadings(correlation: np.ndarray) -> np.ndarray:
    """(items,) Loadings on one factor by minimum residuals (Harman & Jones 1966, doi:10.1007/BF02289468).

    Each loading is in turn the regression of its item's correlations on the others' loadings, until nothing moves.
    """
    size = len(correlation)
    found = np.full(size, 0.5)
    for _ in range(ROUNDS):
        before = found.copy()
        for i in range(size):
            others = np.arange(size) != i
            found[i] = (correlation[i, others] * found[others]).sum() / (found[others] ** 2).sum()
        if np.abs(found - before).max() < TOLERANCE:
            break
    return found


def omega(items: pd.DataFrame) -> float:
    """McDonald's omega of the sum of standardised items: (sum of loadings)^2 / variance of the sum.

    One factor (McDonald 1999, Test Theory). NaN for fewer than three items, where one factor is not identified, where
    an item does not vary, or where an item would be explained beyond its variance.
    """
    if items.shape[1] < 3:
        return float("nan")
    correlation = correlations(items)
    if np.isnan(correlation).any():
        return float("nan")
    own = loadings(correlation)
    if (np.abs(own) > 1).any():
        return float("nan")
    common = own.sum() ** 2
    return float(np.round(common / (common + (1 - own**2).sum()), DIGITS))


def item_rest(items: pd.DataFrame) -> pd.Series:
    """Correlation of each item with the sum of the others, complete answers only; NaN where either does not vary."""
    complete = items.dropna().astype(float)
    total = complete.sum(axis=1)
    pairs = {name: complete[[name]].assign(rest=total - complete[name]) for name in complete}
    return pd.Series({name: float(np.round(correlations(pair)[0, 1], DIGITS)) for name, pair in pairs.items()})
