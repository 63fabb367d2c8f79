"""Confidence sets for ranks from stepwise tests of all differences."""

from typing import NamedTuple

import numpy as np


class RankSets(NamedTuple):
    """Smallest and largest rank that the data do not exclude, (unit,); NaN for units without a score."""

    low: np.ndarray
    high: np.ndarray


def rank_sets(point: np.ndarray, draws: np.ndarray, level: float, simultaneous: bool = True) -> RankSets:
    """Rank sets after Mogstad, Romano, Shaikh and Wilhelm (2023, Review of Economic Studies, "Inference for Ranks").

    For every ordered pair the hypothesis "j does not lie above k" is tested by (point_j - point_k) / s_jk, with s_jk
    the standard deviation of the drawn differences, against the `level` quantile of the largest studentised
    difference among the hypotheses still open; what is rejected leaves, the quantile is taken again, and so on until
    nothing more is rejected (Romano and Wolf 2005, Econometrica 73). The set of j runs from 1 + the number of units
    surely above it to the number of units less those surely below it. The first step alone is the single-step
    set; further steps can only shorten it. The draws stand in for the bootstrap distribution of the estimates.

    Simultaneous: one family of all pairs, so that all true ranks lie in their sets with this probability. Otherwise
    a family per unit, of its own pairs: each true rank does.

    A pair whose difference never varies is decided by its sign; an exact tie of such a pair stays undecided.

    Parameters
    ----------
    point : ndarray, shape (unit,)
        NaN for units without a score; they are left out.
    draws : ndarray, shape (draw, unit)
    """
    known = np.flatnonzero(~np.isnan(point))
    drawn = draws[:, known] - draws[:, known].mean(axis=0)
    gap = point[known][:, None] - point[known][None, :]
    above = below = _apart(gap, drawn, level, ~np.eye(len(known), dtype=bool)) if simultaneous else None
    if not simultaneous:
        own = [_apart(gap, drawn, level, _pairs_of(j, len(known))) for j in range(len(known))]
        above = np.array([family[j] for j, family in enumerate(own)]).reshape(gap.shape)
        below = np.array([family[:, j] for j, family in enumerate(own)]).reshape(gap.shape).T
    low, high = np.full(len(point), np.nan), np.full(len(point), np.nan)
    low[known] = 1 + below.sum(axis=0)
    high[known] = len(known) - above.sum(axis=1)
    return RankSets(low, high)


def _pairs_of(unit: int, count: int) -> np.ndarray:
    """The ordered pairs one unit belongs to, (unit, unit)."""
    own = np.arange(count) == unit
    return own[:, None] ^ own[None, :]


def _apart(gap: np.ndarray, drawn: np.ndarray, level: float, family: np.ndarray) -> np.ndarray:
    """Whether the row's unit surely lies above the column's, for the pairs of a family, (unit, unit)."""
    spread = _difference_sd(drawn)
    inverse = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    sure, open_ = family & (spread == 0) & (gap > 0), family & (spread > 0)
    while open_.any():
        rejected = open_ & (gap * inverse > np.quantile(_largest(drawn, inverse, open_), level))
        if not rejected.any():
            break
        sure, open_ = sure | rejected, open_ & ~rejected
    return sure


def _difference_sd(drawn: np.ndarray) -> np.ndarray:
    """Standard deviation of every difference, (unit, unit), from the covariance of the centred draws."""
    covariance = np.einsum("du,dv->uv", drawn, drawn) / len(drawn)  # no BLAS: the same bits on every processor
    variance = np.diag(covariance)[:, None] + np.diag(covariance)[None, :] - 2 * covariance
    scale = np.diag(covariance).max(initial=0.0)
    return np.sqrt(np.where(variance > 1e-12 * scale, variance, 0.0))


def _largest(drawn: np.ndarray, inverse: np.ndarray, open_: np.ndarray) -> np.ndarray:
    """Largest studentised difference over the open pairs in each draw, (draw,)."""
    rows = np.flatnonzero(open_.any(axis=1))
    each = [((drawn[:, [j]] - drawn[:, open_[j]]) * inverse[j, open_[j]]).max(axis=1) for j in rows]
    return np.max(each, axis=0)
