"""Confidence sets for ranks from simultaneous intervals of all differences."""

from typing import NamedTuple

import numpy as np


class RankSets(NamedTuple):
    """Smallest and largest rank that the data do not exclude, (unit,); NaN for units without a score."""

    low: np.ndarray
    high: np.ndarray
    critical: float


def rank_sets(point: np.ndarray, draws: np.ndarray, level: float, simultaneous: bool = True) -> RankSets:
    """Rank sets after Mogstad, Romano, Shaikh and Wilhelm (2023, Review of Economic Studies, "Inference for Ranks").

    For units j, k the difference d_jk = point_j - point_k has the interval d_jk +- c s_jk, with s_jk the standard
    deviation of the drawn differences and c the `level` quantile of the largest |drawn difference - its mean| /
    s_jk: over all pairs (simultaneous: all true ranks lie in their sets with this probability), or for each unit
    over its own pairs (marginal: each does). The set of j runs from 1 + the number of units surely above it to
    the number of units less those surely below it. One step, two-sided; the paper's stepwise refinement, which
    can only shorten sets, is not implemented. The draws stand in for the bootstrap distribution of the estimates.

    A pair whose difference never varies is decided by its sign; an exact tie of such a pair stays undecided.

    Parameters
    ----------
    point : ndarray, shape (unit,)
        NaN for units without a score; they are left out.
    draws : ndarray, shape (draw, unit)
    """
    known = np.flatnonzero(~np.isnan(point))
    estimate, drawn = point[known], draws[:, known] - draws[:, known].mean(axis=0)
    spread = _difference_sd(drawn)
    largest = _largest(drawn, spread)
    critical = np.quantile(largest.max(axis=1), level) if simultaneous else np.quantile(largest, level, axis=0)
    margin = np.broadcast_to(np.reshape(critical, (-1, 1)), spread.shape) * spread
    gap = estimate[:, None] - estimate[None, :]
    low, high = np.full(len(point), np.nan), np.full(len(point), np.nan)
    low[known] = 1 + (gap < -margin).sum(axis=1)
    high[known] = len(known) - (gap > margin).sum(axis=1)
    return RankSets(low, high, float(np.max(critical)))


def _difference_sd(drawn: np.ndarray) -> np.ndarray:
    """Standard deviation of every difference, (unit, unit), from the covariance of the centred draws."""
    covariance = drawn.T @ drawn / len(drawn)
    variance = np.diag(covariance)[:, None] + np.diag(covariance)[None, :] - 2 * covariance
    scale = np.diag(covariance).max(initial=0.0)
    return np.sqrt(np.where(variance > 1e-12 * scale, variance, 0.0))


def _largest(drawn: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Largest studentised difference of each unit in each draw, (draw, unit); pairs that never vary are left out."""
    found = np.zeros(drawn.shape)
    inverse = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    for k in range(drawn.shape[1]):
        found[:, k] = (np.abs(drawn[:, [k]] - drawn) * inverse[k]).max(axis=1)
    return found
