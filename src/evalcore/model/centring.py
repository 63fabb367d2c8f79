"""How much data tell of each term of a model, and how far it is centred: so that one compiled model serves all."""

from collections.abc import Sequence

import numpy as np

HALF = 5.0
"""Variance of effects, in variances of their estimates, at which they are half centred."""


def weights(gain: np.ndarray) -> np.ndarray:
    """Centring weights w = L / (5 + L), in [0, 1).

    With much data per group (L large) effects are sampled on their own scale (centred); with little, relative to
    their standard deviation (non-centred): both ends sample badly the other way round (Papaspiliopoulos, Roberts and
    Skoeld 2007, doi:10.1214/088342307000000014).
    """
    return gain / (HALF + gain)


def gains(counts: np.ndarray, index: np.ndarray, sizes: Sequence[int], freedom: Sequence[int], main: int) -> np.ndarray:
    """L = max(F - 1, 0), with F from an analysis of variance of the mean level by each term.

    It estimates the variance of a term's effects in variances of their estimates. Main effects come first;
    interactions explain what those leave.

    Parameters
    ----------
    counts : ndarray, shape (cell, level)
    index : ndarray, shape (cell, term)
    sizes, freedom : sequences of int
        Groups and degrees of freedom of each term.
    main : int
        How many of the terms, from the first, are main effects.

    Returns
    -------
    ndarray, shape (term,)
        0 where answers do not vary within groups or are too few to say.
    """
    total, scores = counts.sum(axis=1), np.arange(counts.shape[1])
    mean = counts @ scores / total
    within = float((counts * (scores - mean[:, None]) ** 2).sum())  # spread inside cells
    return gains_of_means(mean, total, within, index, sizes, freedom, main)


def gains_of_means(
    mean: np.ndarray,
    total: np.ndarray,
    within: float,
    index: np.ndarray,
    sizes: Sequence[int],
    freedom: Sequence[int],
    main: int,
) -> np.ndarray:
    """The same from means of cells, how many units each stands for, and the sum of squares inside them."""
    f = np.zeros(len(sizes))
    left = mean - np.average(mean, weights=total)
    for k in range(main):
        f[k] = f_ratio(left, total, within, index[:, k], sizes[k], freedom[k])
    for k in range(main):
        left = left - _group_means(left, total, index[:, k], sizes[k])[index[:, k]]
    for k in range(main, len(sizes)):
        f[k] = f_ratio(left, total, within, index[:, k], sizes[k], freedom[k])
    return np.maximum(f - 1, 0)


def f_ratio(mean: np.ndarray, total: np.ndarray, within: float, group: np.ndarray, size: int, freedom: int) -> float:
    """One-way F: variance between groups over variance within them.

    Parameters
    ----------
    mean, total : ndarrays, shape (cell,)
        Mean (about 0) and number of the answers of each cell.
    within : float
        Sum of squares inside cells.
    group : ndarray, shape (cell,)
        Group of each cell, 0 to size - 1.
    size, freedom : int
        Groups, and degrees of freedom between them.

    Returns
    -------
    float
        0 where the answers leave no degrees of freedom or no variance within groups.
    """
    means = _group_means(mean, total, group, size)
    between = float((total * means[group] ** 2).sum())
    rest = within + float((total * (mean - means[group]) ** 2).sum())
    spare = total.sum() - freedom - 1
    return (between / freedom) / (rest / spare) if spare > 0 and rest > 0 else 0.0


def _group_means(mean: np.ndarray, total: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    weight = np.bincount(group, total, size)
    return np.bincount(group, total * mean, size) / np.maximum(weight, 1)
