"""Aggregation: weighted means in which what does not apply leaves the denominator."""

import numpy as np


def weighted_mean(scores: np.ndarray, weights: np.ndarray, applies: np.ndarray) -> np.ndarray:
    """Weighted arithmetic mean over the last axis of the items that apply.

    Parameters
    ----------
    scores : ndarray, shape (..., item)
        Every applicable item has a score; others may be NaN.
    weights : ndarray, shape (..., item)
        Not negative; their sum over applicable items need not be 100.
    applies : ndarray of bool, broadcastable to scores
        Inapplicable items leave the denominator (GB/T 27922, as evaluation-system.md section 1 reports it).

    Returns
    -------
    ndarray, shape (...)
        NaN where nothing applies.
    """
    active = np.where(applies, weights, 0.0)
    total = active.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(applies, scores * active, 0.0).sum(axis=-1) / np.where(total > 0, total, np.nan)


def bounds(scores: np.ndarray, reported: np.ndarray, best: float = 100.0) -> tuple[np.ndarray, np.ndarray]:
    """Scores with every unreported item at 0, and with every one at its best."""
    return np.where(reported, scores, 0.0), np.where(reported, scores, best)


def unreported_share(weights: np.ndarray, applies: np.ndarray, reported: np.ndarray) -> np.ndarray:
    """Percent of the applicable weight that was not reported, over the last axis; NaN where nothing applies."""
    return weighted_mean(np.where(reported, 0.0, 100.0), weights, applies)
