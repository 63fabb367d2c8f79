"""Design-based intervals of unweighted answers: of a mean and of a share."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats


class Estimate(NamedTuple):
    """A value, its interval, and the number of answers behind it; all missing where nobody answered."""

    value: float
    lower: float
    upper: float
    n: int


def mean_estimate(values: pd.Series, interval: float, factor: float = 1.0) -> Estimate:
    """Mean of the known values times `factor`, with Student's t interval; no interval from fewer than two.

    The sample is taken as a simple random one.
    """
    known = factor * values.dropna().to_numpy(dtype=float)
    n = len(known)
    if n < 2:
        return Estimate(float(known.sum()) if n else np.nan, np.nan, np.nan, n)
    half = stats.t.ppf(0.5 + interval / 2, n - 1) * known.std(ddof=1) / np.sqrt(n)
    return Estimate(float(known.mean()), float(known.mean() - half), float(known.mean() + half), n)


def share_estimate(hits: pd.Series, interval: float) -> Estimate:
    """Percent of yes among the known answers, with Wilson's interval (1927, doi:10.1080/01621459.1927.10502953)."""
    known = hits.dropna().astype(bool)
    n = len(known)
    if not n:
        return Estimate(np.nan, np.nan, np.nan, 0)
    found = stats.binomtest(int(known.sum()), n).proportion_ci(interval, method="wilson")
    return Estimate(100 * float(known.mean()), 100 * float(found.low), 100 * float(found.high), n)
