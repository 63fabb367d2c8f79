"""Centring on what is adjusted for, and moments of random groups of respondents for the bootstrap."""

from collections.abc import Sequence

import numpy as np

ROUNDS = 20
"""Rounds of centring on one factor after the other; each round removes what the last left of every factor."""


def centred(values: np.ndarray, factors: Sequence[np.ndarray]) -> np.ndarray:
    """Residuals of a regression on the main effects of factors, by alternating projections.

    Parameters
    ----------
    values : ndarray, shape (respondent, column)
    factors : sequence of ndarray, shape (respondent,)
        Codes 0, 1, ... of what is adjusted for.
    """
    left = values - values.mean(axis=0)
    for _ in range(ROUNDS if len(factors) > 1 else 1):
        for codes in factors:
            left = left - _means(left, codes)[codes]
    return left


def _means(values: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """(code, column) Mean by code."""
    size = np.bincount(codes)
    sums = [np.bincount(codes, weights=column) for column in values.T]
    return np.stack(sums, axis=1) / np.maximum(size, 1)[:, None]


def group_products(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """(group, column, column) Sums of products of centred columns over the respondents of each random group."""
    number, columns = group.max() + 1, values.shape[1]
    found = np.empty((number, columns, columns))
    for i in range(columns):
        for j in range(i, columns):
            sums = np.bincount(group, weights=values[:, i] * values[:, j], minlength=number)
            found[:, i, j] = found[:, j, i] = sums
    return found


def correlations(products: np.ndarray, times: np.ndarray) -> np.ndarray:
    """(replicate, column, column) Correlations when each group counts as often as `times` (replicate, group) says."""
    found = []
    for counts in times:
        total = (products * counts[:, None, None]).sum(axis=0)
        scale = np.sqrt(np.maximum(np.diagonal(total), 1e-300))
        found.append(total / scale[:, None] / scale[None, :])
    return np.stack(found)


def resampled(groups: int, replicates: int, rng: np.random.Generator) -> np.ndarray:
    """(replicate, group) How often each group is drawn: ones in front for the sample itself, then bootstrap counts."""
    drawn = rng.multinomial(groups, np.full(groups, 1 / groups), size=replicates)
    return np.vstack([np.ones((1, groups), dtype=int), drawn])
