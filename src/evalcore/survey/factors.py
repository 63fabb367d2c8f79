"""What items share: one general factor, and what items of one dimension share beyond it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

STEPS, PRECISE = 10_000, 1e-12
"""Most rounds of the descent, and the change of a loading below which it ends."""


class Factors(NamedTuple):
    """Fitted correlations r_ij = general_i general_j, plus `shared` of their dimension where items are of one.

    `general` and `shared` are Series by item and by dimension; `misfit` is the root mean square of what correlations
    differ from the fitted ones, `misfit_one` with one general factor alone. `omega` is the share of the sum's
    variance that general factor and dimensions explain (omega total), `omega_general` the general factor's
    (hierarchical omega), both of standardised items.
    """

    general: pd.Series
    shared: pd.Series
    misfit: float
    misfit_one: float
    omega: float
    omega_general: float


def bifactor(items: pd.DataFrame, dimensions: Mapping[str, Sequence[str]]) -> Factors:
    """Unweighted least squares of Pearson correlations, the diagonal left out.

    Items of a dimension are taken to share the same covariance beyond the general factor: two items a dimension tell
    one number. Coarse levels make Pearson's correlations somewhat smaller than those of what lies behind them.

    Parameters
    ----------
    items : DataFrame
        Complete answers, one column per item, each with some variance.
    dimensions : mapping of str to sequence of str
        Dimension -> its items; every item in one.
    """
    names = [item for own in dimensions.values() for item in own]
    place = np.repeat(range(len(dimensions)), [len(own) for own in dimensions.values()])
    observed = items[names].astype(float).corr().to_numpy()
    same, other = place[:, None] == place, ~np.eye(len(names), dtype=bool)
    general, shared = _descend(observed, same & other, other)
    alone, _ = _descend(observed, np.zeros_like(other), other)
    ours, total = general.sum() ** 2, observed.sum()
    common = ours + sum(shared[place == k][0] * (place == k).sum() ** 2 for k in range(len(dimensions)))
    return Factors(
        pd.Series(general, names),
        pd.Series([shared[place == k][0] for k in range(len(dimensions))], list(dimensions)),
        _missed(observed, general, np.where(same, shared, 0.0), other),
        _missed(observed, alone, np.zeros_like(observed), other),
        float(common / total),
        float(ours / total),
    )


def _descend(observed: np.ndarray, pairs: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least squares of the correlations off the diagonal, one unknown after the other until nothing moves.

    Loadings (item,), and per item what the pairs of its dimension share beyond them (0 where it has none).
    """
    general, shared = np.full(len(observed), np.sqrt(max(observed[other].mean(), 0.01))), np.zeros(len(observed))
    for _ in range(STEPS):
        before = general.copy()
        rest = np.where(pairs, observed - general[:, None] * general, 0.0).sum(axis=1)
        shared = rest / np.maximum(pairs.sum(axis=1), 1)
        for i in range(len(observed)):
            wanted = (observed[i] - np.where(pairs[i], shared[i], 0.0)) * general * other[i]
            general[i] = wanted.sum() / (general**2 * other[i]).sum()
        if np.abs(general - before).max() < PRECISE:
            break
    return general * np.sign(general.sum()), shared


def _missed(observed: np.ndarray, general: np.ndarray, shared: np.ndarray, other: np.ndarray) -> float:
    """Root mean square of what correlations off the diagonal differ from the fitted ones."""
    difference = observed - general[:, None] * general - shared
    return float(np.sqrt(np.square(difference[other]).mean()))


def eigenvalues(items: pd.DataFrame) -> np.ndarray:
    """Eigenvalues of the correlations, the largest first; for counting them, as their last bits are LAPACK's."""
    return np.linalg.eigvalsh(items.astype(float).corr().to_numpy())[::-1]


def by_chance(n: int, items: int, worlds: int, rng: np.random.Generator) -> np.ndarray:
    """95th percentile of each eigenvalue of uncorrelated answers (parallel analysis, doi:10.1007/BF02289447)."""
    drawn = [np.linalg.eigvalsh(np.corrcoef(rng.normal(size=(items, n))))[::-1] for _ in range(worlds)]
    return np.quantile(drawn, 0.95, axis=0)
