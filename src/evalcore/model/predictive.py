"""Predictive checks: data replicated from a fit against those it was fitted to, and what the prior would allow."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

NUMBERS = 4_000_000
"""Replicated counts held in memory at a time (32 MB)."""


def replicated_counts(
    share: np.ndarray, counts: np.ndarray, group: np.ndarray, groups: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Answers drawn anew in every cell, summed over the cells of each group, and how far they lie from the model.

    Parameters
    ----------
    share : ndarray, shape (draw, cell, level)
        Share of each level in each cell, per draw of the posterior or prior.
    counts : ndarray, shape (cell, level)
        Observed answers; every cell keeps its number of respondents.
    group : ndarray of int, shape (cell,)
        The group of each cell, 0 to groups - 1.

    Returns
    -------
    ndarray, shape (draw, group, level)
        Replicated answers.
    ndarray, shape (draw, 2)
        Chi-squared distance of replicated and of observed answers from the draw's expectation, summed over cells.
    """
    step = max(1, NUMBERS // counts.size)
    parts = [_replicate(share[at : at + step], counts, group, groups, rng) for at in range(0, len(share), step)]
    sums, distances = zip(*parts, strict=True)
    return np.concatenate(sums), np.concatenate(distances)


def _replicate(share: np.ndarray, counts: np.ndarray, group: np.ndarray, groups: int, rng: np.random.Generator):
    total = counts.sum(axis=1)
    drawn = rng.multinomial(total, share)
    sums = np.zeros((len(share), groups, counts.shape[1]), dtype="int64")
    np.add.at(sums, (slice(None), group), drawn)
    expected = np.maximum(total[:, None] * share, 1e-12)
    distances = [((found - expected) ** 2 / expected).sum(axis=(1, 2)) for found in (drawn, counts)]
    return sums, np.column_stack(distances)


def mean_level(counts: np.ndarray) -> np.ndarray:
    """Mean level as points of 100, the lowest level 0 and the highest 100; counts (..., level)."""
    places = np.linspace(0, 100, counts.shape[-1])
    return counts @ places / counts.sum(axis=-1)


def level_share(counts: np.ndarray) -> np.ndarray:
    """Share of each level in percent; counts (..., level)."""
    return 100 * counts / counts.sum(axis=-1, keepdims=True)


def compared(names: Sequence[str], observed: np.ndarray, replicated: np.ndarray, interval: float) -> pd.DataFrame:
    """Observed quantities beside their replications.

    Parameters
    ----------
    observed : ndarray, shape (quantity,)
    replicated : ndarray, shape (draw, quantity)
    interval : float
        Probability of the central interval from `low` to `high`.

    Returns
    -------
    DataFrame
        quantity, observed, mean, low, high, difference (observed - mean), p (two-sided tail probability of
        the normal distribution with mean and standard deviation of the replications: finer than their number).
    """
    tails = np.array([0.5 - interval / 2, 0.5 + interval / 2])
    low, high = np.quantile(replicated, tails, axis=0)
    mean, sd = replicated.mean(axis=0), np.maximum(replicated.std(axis=0), 1e-12)
    return pd.DataFrame(
        {
            "quantity": list(names),
            "observed": observed,
            "mean": mean,
            "low": low,
            "high": high,
            "difference": observed - mean,
            "p": 2 * stats.norm.sf(np.abs(observed - mean) / sd),
        }
    )


def distance_p(distances: np.ndarray) -> float:
    """Posterior predictive p of the chi-squared distance: share of draws whose replication lies further away.

    Near 0 the cells vary more than the model allows, near 1 less.
    """
    return float((distances[:, 0] >= distances[:, 1]).mean())
