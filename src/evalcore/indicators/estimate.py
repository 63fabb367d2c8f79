"""Values of pooled cells, and draws that say how uncertain they are."""

import numpy as np
import pandas as pd

from evalcore.edition import Measure


def point(pooled: pd.DataFrame) -> np.ndarray:
    """Numerator over denominator, shape (row,)."""
    return pooled["numerator"].to_numpy() / pooled["denominator"].to_numpy()


def effective_n(pooled: pd.DataFrame) -> np.ndarray:
    """Kish's effective number of rows, (sum w)^2 / sum w^2 (Kish 1965), shape (row,); unweighted rows count in full."""
    weight, square = pooled["denominator"].to_numpy() / 1000, pooled["weight_square"].to_numpy()
    return np.where(square > 0, weight**2 / np.maximum(square, 1), pooled["n"].to_numpy())


def bootstrap(pooled: pd.DataFrame, measure: Measure, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Bayesian bootstrap of the rows behind each cell (Rubin 1981, doi:10.1214/aos/1176345338).

    With n effective rows the bootstrap of a share p is Beta(np, n(1 - p)); that of a mean has variance
    s^2 / (n + 1) and is taken as normal.

    Returns
    -------
    ndarray, shape (draw, row)
    """
    value, n = point(pooled), effective_n(pooled)
    if measure.statistic == "mean":
        variance = np.maximum(pooled["square"].to_numpy() / pooled["denominator"].to_numpy() - value**2, 0)
        return value + rng.standard_normal((draws, len(value))) * np.sqrt(variance / (n + 1))
    return _beta(value * n, (1 - value) * n, draws, rng)


def _beta(hits: np.ndarray, misses: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Beta draws; a share of exactly 0 or 1 stays there, as resampling its rows never changes it."""
    certain = (hits <= 0) | (misses <= 0)
    drawn = rng.beta(np.where(certain, 1, hits), np.where(certain, 1, misses), size=(draws, len(hits)))
    return np.where(certain, (hits > 0).astype(float), drawn)
