"""Weights: given, equal, from a panel's budget, from pairwise comparisons."""

from typing import NamedTuple

import numpy as np

from evalcore.edition.index import Node
from evalcore.errors import EvalcoreError, say

RANDOM_CONSISTENCY_RUNS = 20_000
SQUARINGS = 12


class Priorities(NamedTuple):
    """Weights that add up to one, and how consistent the judgements behind them are."""

    weights: np.ndarray
    consistency_ratio: float


def given(weights: np.ndarray) -> np.ndarray:
    """Given weights scaled to add up to one."""
    weights = np.asarray(weights, dtype=float)
    if (weights < 0).any() or weights.sum() <= 0:
        raise EvalcoreError(
            say("weights", f"{weights.tolist()}", "none negative, not all zero", "correct them in the edition")
        )
    return weights / weights.sum()


def equal(count: int) -> np.ndarray:
    """The same weight for each of `count` items."""
    return np.full(count, 1 / count)


def budget_allocation(points: np.ndarray) -> np.ndarray:
    """Mean share of the points each expert spread over the items; shape (expert, item) -> (item,).

    Source: OECD/JRC handbook (2008), step 6, budget allocation process.
    """
    return np.mean([given(row) for row in points], axis=0)


def analytic_hierarchy(comparisons: np.ndarray, seed: int = 0) -> Priorities:
    """Priorities from a reciprocal matrix of pairwise comparisons (Saaty 1980).

    Weights are the principal eigenvector; CI = (lambda - n) / (n - 1); the consistency ratio divides CI by its
    mean over random reciprocal matrices on the scale 1/9 ... 9, simulated here with the seed.

    Parameters
    ----------
    comparisons : ndarray, shape (n, n)
        How many times the row matters more than the column; a_ij a_ji = 1.
    """
    if not np.allclose(comparisons * comparisons.T, 1):
        raise EvalcoreError(say("AHP", "the matrix is not reciprocal", "a_ij x a_ji = 1", "correct the comparisons"))
    weights, largest = _principal(comparisons)
    index = _consistency_index(float(largest), len(comparisons))
    return Priorities(weights, 0.0 if len(comparisons) < 3 else index / _random_index(len(comparisons), seed))


def node_weights(node: Node) -> np.ndarray:
    """Weights of a node's parts by the method its edition names; they add up to one."""
    spec, own = node.weights, np.array(list(node.parts.values()))
    if spec.method == "ahp":
        found = analytic_hierarchy(np.array(spec.comparisons))
        if found.consistency_ratio > spec.consistency:
            ratio = f"consistency ratio {found.consistency_ratio:.2f}"
            raise EvalcoreError(say("AHP", ratio, f"at most {spec.consistency:g}", "ask for the comparisons again"))
        return found.weights
    return {
        "given": lambda: given(own),
        "equal": lambda: equal(len(own)),
        "budget": lambda: budget_allocation(np.array(spec.points)),
    }[spec.method]()


def _principal(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Principal eigenvector, adding up to one, and eigenvalue of positive matrices, (..., n, n).

    By powers of the matrix (Perron and Frobenius), squared twelve times: sums in a fixed order, where LAPACK's last
    bit depends on the processor.
    """
    power = matrices
    for _ in range(SQUARINGS):
        power = np.einsum("...ij,...jk->...ik", power, power)
        power = power / power.sum(axis=(-2, -1), keepdims=True)
    weights = power.sum(axis=-1)
    return weights, (matrices * weights[..., None, :]).sum(axis=(-2, -1))


def _consistency_index(largest: float, n: int) -> float:
    return (largest - n) / (n - 1)


def _random_index(n: int, seed: int) -> float:
    rng = np.random.default_rng(seed)
    scale = np.concatenate([np.arange(1, 10), 1 / np.arange(2, 10)])
    upper = np.triu(rng.choice(scale, size=(RANDOM_CONSISTENCY_RUNS, n, n)), 1)
    lower = np.where(upper > 0, 1 / np.where(upper > 0, upper, 1), 0).transpose(0, 2, 1)
    _, largest = _principal(upper + lower + np.eye(n))
    return float(_consistency_index(largest.mean(), n))
